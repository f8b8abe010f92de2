package org.xfernas.jobs.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.search.evaluator.CsvTable;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Objective;

/**
 * Results of one task in a file of CSV or Parquet; an architecture may have several rows. Of the
 * columns of a file of trials those that say under what a result was reached are looked at where
 * they are there. The columns {@code metric} and {@code minimize} tell of the validation accuracy,
 * and are not looked at where the values are of another column.
 *
 * @param settings which file and which of its columns
 * @param name of the source
 * @param spark reads Parquet
 */
record SourceFile(SourceSettings settings, String name, Supplier<SparkSession> spark) {
  private static final String SECTION = "xfernas.search.sources";
  private static final List<String> IF_PRESENT =
      List.of(
          "task",
          "space",
          "data_fingerprint",
          "epochs",
          "data_fraction",
          "protocol",
          "metric",
          "minimize",
          "status");

  /**
   * The rows of the task, by the declaration of their space, which is empty where the file does not
   * say, and by their knowledge unit. That is called as the source, and leaves out the space: what
   * fits the space of the search is on one scale.
   *
   * @throws UsageException where the content is no such table or has no row of the task
   */
  SortedMap<String, Map<KnowledgeUnit, List<EvaluatedText>>> read() throws IOException {
    SortedMap<String, Map<KnowledgeUnit, List<EvaluatedText>>> bySpace = new TreeMap<>();
    try {
      if (TableFile.isCsv(path())) {
        CsvTable.forEachRow(path(), required(), IF_PRESENT, (line, row) -> add(row, bySpace));
      } else {
        readParquet(bySpace);
      }
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage());
    }
    if (bySpace.isEmpty()) {
      throw unusable(
          "Cannot learn from the source: the file has no row of the task (task=%s, file=%s)"
              .formatted(settings.task(), path()));
    }
    return bySpace;
  }

  private String metric() {
    return settings.metricColumn();
  }

  private Path path() {
    return settings.path().orElseThrow();
  }

  private List<String> required() {
    return List.of(settings.architectureColumn(), metric());
  }

  private void add(
      List<String> row, SortedMap<String, Map<KnowledgeUnit, List<EvaluatedText>>> bySpace) {
    String task = cell(row, "task");
    if (task == null || task.equals(settings.task())) {
      String space = Optional.ofNullable(cell(row, "space")).orElse("");
      boolean failed = text(row, "status").filter(TrialsTable.FAILED::equals).isPresent();
      bySpace
          .computeIfAbsent(space, key -> new LinkedHashMap<>())
          .computeIfAbsent(unit(row), key -> new ArrayList<>())
          .add(
              new EvaluatedText(
                  row.get(0), failed ? OptionalDouble.empty() : number(row.get(1), metric())));
    }
  }

  private KnowledgeUnit unit(List<String> row) {
    return new KnowledgeUnit(
        name,
        text(row, "data_fingerprint"),
        "",
        text(row, "epochs").map(epochs -> fidelity(epochs, cell(row, "data_fraction"))),
        text(row, "protocol"),
        objective(row));
  }

  private Objective objective(List<String> row) {
    if (!settings.isOfValidation()) {
      return new Objective(metric(), settings.minimize());
    }
    Optional<Boolean> minimize = text(row, "minimize").map(this::truth);
    if (settings.minimize() && minimize.isPresent() && !minimize.get()) {
      throw new IllegalArgumentException(
          "Cannot learn from the source: minimize = true, and the file says that higher is better; leave minimize out (task=%s, column=minimize, file=%s)"
              .formatted(settings.task(), path()));
    }
    return new Objective(
        text(row, "metric").orElse(metric()), minimize.orElse(settings.minimize()));
  }

  /** What the row has in a column of {@link #IF_PRESENT}; null where the file lacks the column. */
  private String cell(List<String> row, String column) {
    return row.get(required().size() + IF_PRESENT.indexOf(column));
  }

  private Optional<String> text(List<String> row, String column) {
    return Optional.ofNullable(cell(row, column)).filter(cell -> !cell.isBlank());
  }

  private Fidelity fidelity(String epochs, String dataFraction) {
    double passes = number(epochs, "epochs").orElseThrow();
    if (passes != (int) passes) {
      throw notA("a whole number", epochs, "epochs");
    }
    double share = number(dataFraction, "data_fraction").orElse(1);
    try {
      return new Fidelity((int) passes, share);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Cannot read table: %s (file=%s)".formatted(e.getMessage(), path()), e);
    }
  }

  private boolean truth(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw notA("true or false", cell, "minimize");
    };
  }

  private OptionalDouble number(String cell, String column) {
    if (cell == null || cell.isBlank()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      throw notA("a number", cell, column);
    }
  }

  private IllegalArgumentException notA(String what, String cell, String column) {
    return new IllegalArgumentException(
        "Cannot read table: \"%s\" is not %s (column=%s, file=%s)"
            .formatted(cell, what, column, path()));
  }

  private void readParquet(SortedMap<String, Map<KnowledgeUnit, List<EvaluatedText>>> bySpace) {
    Dataset<Row> data =
        new TableFile(SECTION, path(), settings.architectureColumn(), List.of(metric()))
            .parquet(spark.get());
    List<String> known = Arrays.asList(data.columns());
    List<Column> wanted = new ArrayList<>();
    required().forEach(column -> wanted.add(col(column).cast("string")));
    IF_PRESENT.forEach(
        column -> wanted.add((known.contains(column) ? col(column) : lit(null)).cast("string")));
    Iterator<Row> rows = data.select(wanted.toArray(Column[]::new)).toLocalIterator();
    while (rows.hasNext()) {
      Row row = rows.next();
      add(IntStream.range(0, row.size()).mapToObj(row::getString).toList(), bySpace);
    }
  }

  private UsageException unusable(String why) {
    return new UsageException(SECTION + ": " + why);
  }
}
