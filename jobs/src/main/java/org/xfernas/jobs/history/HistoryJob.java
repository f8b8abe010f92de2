package org.xfernas.jobs.history;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.Warehouse;

/** Asks the tables in Spark SQL and prints the answer as a table: {@code history --sql QUERY}. */
public final class HistoryJob implements Job {
  private static final String SQL = "--sql";

  @Override
  public String name() {
    return "history";
  }

  @Override
  public Set<String> options() {
    return Set.of(SQL);
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    List<String> arguments = context.arguments();
    if (arguments.size() != 2 || !arguments.get(0).equals(SQL)) {
      throw new UsageException(
          "Cannot read the history: the job takes %s and one query (arguments=%s)"
              .formatted(SQL, arguments));
    }
    HistorySections sections = Settings.read(context.config(), HistorySections.class);
    if (!Warehouse.exists(sections.tables())) {
      throw new UsageException(
          "Cannot read the history: there are no tables yet (xfernas.tables.warehouse=%s); run a search, or correct the path"
              .formatted(sections.tables().warehouse().toAbsolutePath()));
    }
    try (SparkSession spark =
        SparkTables.session("xfernas history", context.master(), sections.tables())) {
      String query = arguments.get(1);
      long rows = print(spark, query, context);
      Path directory = sections.output().resolve(name());
      return JobResult.done(SummaryFile.write(directory, new HistorySummary(name(), query, rows)));
    }
  }

  private record HistorySummary(String job, String sql, long rows) {}

  private static long print(SparkSession spark, String query, JobContext context) {
    try {
      // Kept, so that the query runs once for its rows and their number.
      Dataset<Row> answer = spark.sql(query).cache();
      int rows = Math.toIntExact(answer.count());
      context.out().print(answer.showString(rows, 0, false));
      return rows;
    } catch (Exception e) {
      // Spark throws AnalysisException from methods that do not declare it.
      if (e instanceof AnalysisException) {
        throw new UsageException("Cannot read the history: " + e.getMessage());
      }
      throw e;
    }
  }
}
