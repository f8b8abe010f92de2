package org.xfernas.jobs.search;

import static org.apache.spark.sql.functions.col;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.UsageException;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.CsvTable;
import org.xfernas.search.evaluator.TableColumns;

/** Reads the tables that searches look candidates up in. */
final class ArchitectureTables {
  private ArchitectureTables() {}

  /**
   * Reads the columns of a CSV file, or of Parquet data with Spark's help.
   *
   * @param spark asked only where Spark is needed
   * @throws UsageException where the content is no such table
   */
  static ArchitectureTable read(EvaluatorSettings.Table table, Supplier<SparkSession> spark)
      throws IOException {
    try {
      return isCsv(table.path())
          ? CsvTable.read(table.path(), table.architecture(), table.columns().numeric())
          : readParquet(table.path(), table.columns(), spark.get());
    } catch (IllegalArgumentException e) {
      throw new UsageException("xfernas.search.evaluator: " + e.getMessage());
    }
  }

  private static boolean isCsv(Path path) {
    String name = path.getFileName().toString();
    return name.endsWith(".csv") || name.endsWith(".csv.gz");
  }

  private static ArchitectureTable readParquet(
      Path path, TableColumns columns, SparkSession spark) {
    List<Column> wanted = new ArrayList<>(List.of(col(columns.architecture()).cast("string")));
    columns.numeric().forEach(column -> wanted.add(col(column).cast("double")));
    List<Row> rows;
    try {
      Dataset<Row> data = spark.read().parquet(path.toAbsolutePath().toUri().toString());
      rows = data.select(wanted.toArray(Column[]::new)).collectAsList();
    } catch (Exception e) {
      if (e instanceof AnalysisException) {
        throw new IllegalArgumentException(
            "Cannot use table: %s (table=%s)".formatted(e.getMessage(), path), e);
      }
      throw e;
    }
    Map<String, double[]> values = new LinkedHashMap<>();
    for (int i = 0; i < columns.numeric().size(); i++) {
      int column = i + 1;
      values.put(
          columns.numeric().get(i),
          rows.stream()
              .mapToDouble(row -> row.isNullAt(column) ? Double.NaN : row.getDouble(column))
              .toArray());
    }
    return new ArchitectureTable(
        path.toString(), rows.stream().map(row -> row.getString(0)).toList(), values);
  }
}
