package org.xfernas.jobs.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.io.FileUtils;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.history.Views;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;

/**
 * Speed of the views of the history: each is read whole over a tenth of the trials, and over all of
 * them. The rows are generated into a warehouse of their own, which is removed afterwards.
 */
final class HistoryBenchmark {
  private static final List<String> TABLES = List.of("trials", "proposals", "transfer");

  private final Path warehouse;
  private final TablesSettings tables;
  private final Optional<String> master;
  private final Map<String, Object> figures = new LinkedHashMap<>();

  /**
   * A benchmark.
   *
   * @param warehouse where the rows go; must not be there yet
   * @param tables how tables are kept
   * @param master of Spark
   */
  HistoryBenchmark(Path warehouse, TablesSettings tables, Optional<String> master) {
    this.warehouse = warehouse;
    this.tables = tables.in(warehouse);
    this.master = master;
  }

  /** Seconds by what was done, in the order in which they are printed. */
  Map<String, Object> run(long trials) throws IOException {
    figures.put("trials", trials);
    try {
      Warehouse.open(tables).close();
      try (SparkSession spark = SparkTables.session("xfernas bench history", master, tables)) {
        figures.put("cores", spark.sparkContext().defaultParallelism());
        write(spark, 0, trials / 10);
        Map<String, Double> few = read(spark);
        write(spark, trials / 10, trials);
        Map<String, Double> all = read(spark);
        all.forEach(
            (view, seconds) -> {
              figures.put(view + "_seconds", seconds);
              figures.put(view + "_seconds_of_a_tenth", few.get(view));
            });
      }
    } finally {
      FileUtils.deleteDirectory(warehouse.toFile());
    }
    return figures;
  }

  /** Adds trials from one number to another, and what belongs to them. */
  private void write(SparkSession spark, long from, long to) {
    long start = System.nanoTime();
    spark.range(from, to).createOrReplaceTempView("ids");
    spark.sql(text("trials")).createOrReplaceTempView("new_trials");
    try {
      for (String table : TABLES) {
        spark.sql(text(table)).writeTo(table).append();
      }
    } catch (AnalysisException e) {
      throw new IllegalStateException("Cannot write the rows of the benchmark", e);
    }
    figures.merge("write_seconds", seconds(start), (one, other) -> (double) one + (double) other);
  }

  /** Reads every view to its end. */
  private Map<String, Double> read(SparkSession spark) {
    Views.register(spark);
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String view : Views.NAMES) {
      long start = System.nanoTime();
      spark.table(view).write().format("noop").mode("overwrite").save();
      seconds.put(view, seconds(start));
    }
    return seconds;
  }

  private static double seconds(long start) {
    return (System.nanoTime() - start) * 1e-9;
  }

  private static String text(String table) {
    try (InputStream in = HistoryBenchmark.class.getResourceAsStream(table + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read the rows of " + table, e);
    }
  }
}
