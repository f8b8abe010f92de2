package org.xfernas.jobs.exchange;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.WholeFile;
import org.xfernas.jobs.table.ImportsTable;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.search.NearestName;

/**
 * One file of trials, in the order of searches and numbers. The driver writes it, partition by
 * partition, so that its directory need not be seen from executors.
 *
 * @param spark reads the table
 * @param snapshot version of the table
 * @param imports files that were imported, by the searches of their trials
 * @param arguments which trials, and where to
 */
record Export(
    SparkSession spark,
    long snapshot,
    Map<String, ImportsTable.Row> imports,
    ExportArguments arguments) {

  /**
   * Writes the file, whole or not at all.
   *
   * @throws UsageException where no trial is chosen
   */
  Manifest run() throws IOException {
    Path file = arguments.file();
    Manifest manifest =
        WholeFile.write(
            file,
            unfinished -> {
              ManifestFacts facts = write(unfinished);
              if (facts.rows() == 0) {
                throw new UsageException(nothingChosen());
              }
              return facts.manifest(
                  file, TableFile.sha256(unfinished), arguments.licence(), imports, snapshot);
            });
    manifest.write(file);
    return manifest;
  }

  private ManifestFacts write(Path path) throws IOException {
    Dataset<Row> chosen = trials();
    for (Map.Entry<String, String> choice : arguments.choices().entrySet()) {
      chosen = chosen.where(col(choice.getKey()).equalTo(choice.getValue()));
    }
    Column[] columns =
        TrialsTable.exchangedColumns().stream().map(name -> col(name)).toArray(Column[]::new);
    ManifestFacts facts = new ManifestFacts();
    try (TrialsFile out = TrialsFile.open(path, arguments.file())) {
      Iterator<Row> rows =
          chosen
              .select(columns)
              .orderBy(TrialsTable.SEARCH_ID, TrialsTable.NUMBER)
              .toLocalIterator();
      while (rows.hasNext()) {
        Row row = rows.next();
        if (facts.add(row)) {
          List<Object> values = new ArrayList<>();
          for (int column = 0; column < row.size(); column++) {
            values.add(row.get(column));
          }
          out.add(values);
        }
      }
    }
    return facts;
  }

  private Dataset<Row> trials() {
    return spark.sql("SELECT * FROM trials VERSION AS OF " + snapshot);
  }

  /** The names that no trial has, else how they were combined. */
  private List<String> nothingChosen() {
    List<String> problems = new ArrayList<>();
    arguments
        .choices()
        .forEach(
            (column, value) -> {
              List<String> known =
                  trials().select(column).distinct().as(Encoders.STRING()).collectAsList();
              if (!known.contains(value)) {
                problems.add(
                    "Cannot export: no trial has this %s%s (%s=%s)"
                        .formatted(
                            column,
                            NearestName.of(value, known)
                                .map(" (did you mean %s?)"::formatted)
                                .orElse(""),
                            column,
                            value));
              }
            });
    if (problems.isEmpty()) {
      problems.add(
          "Cannot export: no trial has all of this; ask for less (%s)"
              .formatted(arguments.choices()));
    }
    return problems;
  }
}
