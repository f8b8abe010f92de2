package org.xfernas.jobs.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.search.evaluator.CsvTable;

/**
 * Results of one task in a file of CSV or Parquet. Its columns {@code task} and {@code space} are
 * looked at where they are there; an architecture may have several rows.
 *
 * @param settings which file and which of its columns
 * @param spark reads Parquet
 */
record SourceFile(SourceSettings settings, Supplier<SparkSession> spark) {
  private static final String SECTION = "xfernas.search.sources";
  private static final List<String> IF_PRESENT = List.of("task", "space");

  /**
   * The rows of the task, by the declaration of their space, which is empty where the file does not
   * say.
   *
   * @throws UsageException where the content is no such table or has no row of the task
   */
  SortedMap<String, List<EvaluatedText>> read() throws IOException {
    SortedMap<String, List<EvaluatedText>> bySpace = new TreeMap<>();
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

  private void add(List<String> row, SortedMap<String, List<EvaluatedText>> bySpace) {
    String task = row.get(2);
    if (task == null || task.equals(settings.task())) {
      String space = Optional.ofNullable(row.get(3)).orElse("");
      bySpace
          .computeIfAbsent(space, key -> new ArrayList<>())
          .add(new EvaluatedText(row.get(0), number(row.get(1))));
    }
  }

  private OptionalDouble number(String cell) {
    if (cell == null || cell.isBlank()) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(Double.parseDouble(cell));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "Cannot read table: \"%s\" is not a number (column=%s, file=%s)"
              .formatted(cell, metric(), path()),
          e);
    }
  }

  private void readParquet(SortedMap<String, List<EvaluatedText>> bySpace) {
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
      add(
          Arrays.asList(row.getString(0), row.getString(1), row.getString(2), row.getString(3)),
          bySpace);
    }
  }

  private UsageException unusable(String why) {
    return new UsageException(SECTION + ": " + why);
  }
}
