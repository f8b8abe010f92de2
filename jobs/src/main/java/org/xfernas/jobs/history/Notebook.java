package org.xfernas.jobs.history;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.Configuration;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.CellDrawing;
import org.xfernas.jobs.report.Fragments;
import org.xfernas.jobs.search.SearchConfiguration;
import org.xfernas.jobs.table.SparkTables;

/**
 * The history for a notebook: Spark on the tables and the views, answers as HTML. To be used by one
 * thread.
 */
public final class Notebook {

  /** Names the file of settings, in HOCON, in the environment; without it the defaults hold. */
  public static final String SETTINGS = "XFERNAS_CONF";

  private static final int MOST_ROWS = 100;

  private final SparkSession spark;
  private int charts;

  private Notebook(SparkSession spark) {
    this.spark = spark;
  }

  /**
   * Starts Spark on the tables.
   *
   * @throws org.xfernas.jobs.UsageException where the settings are wrong or there are no tables
   */
  public static Notebook open() {
    List<Path> files =
        Optional.ofNullable(System.getenv(SETTINGS)).map(Path::of).map(List::of).orElse(List.of());
    var config = Configuration.load(files, List.of());
    HistorySections sections = Settings.read(config, HistorySections.class);
    HistoryJob.requireTables(sections.tables(), System.err);
    Configuration.tellSpark(config);
    SparkSession spark =
        SparkTables.session("xfernas notebook", Optional.empty(), sections.tables());
    Views.register(spark);
    return new Notebook(spark);
  }

  /** The session, for what is not shown here. */
  public SparkSession spark() {
    return spark;
  }

  /** The answer to a query as a table of its first rows. */
  public String table(String query) {
    Dataset<Row> answer = spark.sql(query);
    List<List<Object>> rows = new ArrayList<>();
    for (Row row : answer.takeAsList(MOST_ROWS + 1)) {
      rows.add(IntStream.range(0, row.size()).mapToObj(row::get).toList());
    }
    return Fragments.table(
        List.of(answer.columns()),
        rows.subList(0, Math.min(rows.size(), MOST_ROWS)),
        rows.size() > MOST_ROWS
            ? "the first %d rows".formatted(MOST_ROWS)
            : rows.size() == 1 ? "1 row" : "%d rows".formatted(rows.size()));
  }

  /**
   * The answer to a query as a chart; a sentence where it has no rows.
   *
   * @param spec a Vega-Lite specification without its data, as JSON
   */
  public String chart(String query, String spec) {
    List<String> rows = spark.sql(query).toJSON().collectAsList();
    if (rows.isEmpty()) {
      return "<p>There is nothing to show yet.</p>";
    }
    String library = charts == 0 ? Fragments.chartLibrary() : "";
    charts++;
    return library + Fragments.chart("chart-" + charts, rows, spec);
  }

  /**
   * The cells of an architecture as a picture.
   *
   * @param space declaration of its space, as the table {@code trials} has it
   * @param architecture as the table has it
   */
  public static String cell(String space, String architecture) {
    String svg = CellDrawing.of(SearchConfiguration.space(space).space().parse(architecture));
    return svg.substring(svg.indexOf("<svg"));
  }
}
