package org.xfernas.jobs.search;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.CsvTable;

/** Reads the tables that searches look candidates up in. */
final class ArchitectureTables {
  private static final String SECTION = "xfernas.search.evaluator: ";

  private ArchitectureTables() {}

  static boolean isCsv(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }

  /**
   * The table of a CSV file.
   *
   * @throws UsageException where the content is no such table
   */
  static ArchitectureTable readCsv(EvaluatorSettings.Table table) throws IOException {
    try {
      return CsvTable.read(table.path(), table.architecture(), table.columns().numeric());
    } catch (IllegalArgumentException e) {
      throw new UsageException(SECTION + e.getMessage());
    }
  }

  /**
   * The table of a file or directory of Parquet.
   *
   * @throws UsageException where the content is no such table
   */
  static ArchitectureTable readParquet(EvaluatorSettings.Table table, SparkSession spark) {
    Dataset<Row> data = parquet(table, spark);
    List<String> numeric = table.columns().numeric();
    requireColumns(table, data, numeric);
    List<Column> wanted = new ArrayList<>(List.of(col(table.architecture()).cast("string")));
    numeric.forEach(column -> wanted.add(col(column).cast("double")));
    List<Row> rows = data.select(wanted.toArray(Column[]::new)).collectAsList();

    Map<String, double[]> values = new LinkedHashMap<>();
    for (int i = 0; i < numeric.size(); i++) {
      int column = i + 1;
      values.put(
          numeric.get(i),
          rows.stream()
              .mapToDouble(row -> row.isNullAt(column) ? Double.NaN : row.getDouble(column))
              .toArray());
    }
    List<String> architectures = rows.stream().map(row -> row.getString(0)).toList();
    try {
      return new ArchitectureTable(table.path().toString(), architectures, values);
    } catch (IllegalArgumentException e) {
      throw new UsageException(SECTION + e.getMessage());
    }
  }

  private static Dataset<Row> parquet(EvaluatorSettings.Table table, SparkSession spark) {
    try {
      return spark.read().parquet(table.path().toAbsolutePath().toUri().toString());
    } catch (Exception e) {
      // Spark throws checked exceptions that it does not declare.
      throw new UsageException(
          "%sCannot use table: it is neither CSV, by its name, nor Parquet; let path be a .csv, a .csv.gz or Parquet data (table=%s)"
              .formatted(SECTION, table.path()));
    }
  }

  private static void requireColumns(
      EvaluatorSettings.Table table, Dataset<Row> data, List<String> numeric) {
    Set<String> missing = new TreeSet<>(numeric);
    missing.add(table.architecture());
    Arrays.asList(data.columns()).forEach(missing::remove);
    if (!missing.isEmpty()) {
      throw new UsageException(
          "%sCannot use table: no column %s; its columns are %s (table=%s)"
              .formatted(
                  SECTION,
                  String.join(", ", missing),
                  String.join(", ", data.columns()),
                  table.path()));
    }
  }
}
