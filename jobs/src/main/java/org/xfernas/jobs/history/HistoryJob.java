package org.xfernas.jobs.history;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Scanner;
import java.util.Set;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.SparkThrowable;
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
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.NearestName;

/**
 * Asks the tables, and the views over them, in Spark SQL: {@code history --sql QUERY | --file FILE
 * [--format table|csv|json|parquet] [--output FILE]}, or lists the views: {@code history --views},
 * or answers one statement after the other: {@code history --console}.
 */
public final class HistoryJob implements Job {
  /** Of a statement, with the rest of its line. */
  private static final String END = ";[ \\t]*(\\R|\\z)";

  private static final String NOT_FOUND = "TABLE_OR_VIEW_NOT_FOUND";

  @Override
  public String name() {
    return "history";
  }

  @Override
  public Set<String> options() {
    return HistoryArguments.options();
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    HistoryArguments arguments = HistoryArguments.read(context.arguments());
    HistorySections sections = Settings.read(context.config(), HistorySections.class);
    Path directory = sections.output().resolve(name());
    if (arguments.views()) {
      Views.NAMES.forEach(
          view -> context.out().printf("%-22s %s%n", view, Views.description(view)));
      return JobResult.done(SummaryFile.write(directory, new ViewsSummary(name(), Views.NAMES)));
    }
    requireTables(sections.tables(), context.err());
    try (SparkSession spark =
        SparkTables.session("xfernas history", context.master(), sections.tables())) {
      Views.register(spark);
      if (arguments.console()) {
        long statements = console(spark, arguments, context);
        return JobResult.done(SummaryFile.write(directory, new ConsoleSummary(name(), statements)));
      }
      String query = arguments.query();
      long rows = answer(spark, query, arguments, context);
      return JobResult.done(
          SummaryFile.write(
              directory, new HistorySummary(name(), query, rows, arguments.output())));
    }
  }

  private record ViewsSummary(String job, List<String> views) {}

  private record HistorySummary(String job, String sql, long rows, Optional<Path> output) {}

  private record ConsoleSummary(String job, long statements) {}

  /** Answers the statements of standard input; a wrong one does not end it. */
  private static long console(SparkSession spark, HistoryArguments arguments, JobContext context)
      throws IOException {
    context.err().println("statements end with ; and the console with the end of input (Ctrl-D)");
    Scanner statements = new Scanner(System.in, Charset.defaultCharset()).useDelimiter(END);
    long answered = 0;
    while (statements.hasNext()) {
      String statement = statements.next().strip();
      if (!statement.isEmpty()) {
        try {
          answer(spark, statement, arguments, context);
          answered++;
        } catch (UsageException e) {
          context.err().println(e.getMessage());
        }
      }
    }
    return answered;
  }

  /**
   * Sees to it that there is something to ask.
   *
   * @param err is told where there is no trial yet
   * @throws UsageException where there are no tables
   */
  static void requireTables(TablesSettings tables, PrintStream err) {
    if (!Warehouse.exists(tables)) {
      throw new UsageException(
          "Cannot read the history: there are no tables yet (xfernas.tables.warehouse=%s); run a search, or correct the path"
              .formatted(tables.warehouse().toAbsolutePath()));
    }
    try (Warehouse warehouse = Warehouse.open(tables)) {
      if (new TrialsTable(warehouse).snapshot().isEmpty()) {
        err.println(
            "there is no trial yet in %s: the answers are empty"
                .formatted(tables.warehouse().toAbsolutePath()));
      }
    }
  }

  private static long answer(
      SparkSession spark, String query, HistoryArguments arguments, JobContext context)
      throws IOException {
    try {
      Dataset<Row> answer = spark.sql(query);
      return arguments.output().isPresent()
          ? arguments.format().write(answer, arguments.output().get())
          : arguments.format().write(answer, context.out());
    } catch (Exception e) {
      // Spark throws AnalysisException from methods that do not declare it.
      if (e instanceof AnalysisException wrong) {
        throw new UsageException("Cannot read the history: " + explain(wrong, spark));
      }
      Throwable cause = e;
      while (cause.getCause() != null) {
        cause = cause.getCause();
      }
      // What a query does wrong while it runs, such as a subquery with two rows for one value.
      if (cause instanceof SparkThrowable wrong
          && wrong.getErrorClass() != null
          && !(cause instanceof IOException)
          && !wrong.isInternalError()) {
        throw new UsageException("Cannot read the history: " + cause.getMessage());
      }
      // What a query asks of Iceberg that is not there, such as an unknown version of a table.
      if (e instanceof IllegalArgumentException || e instanceof ValidationException) {
        throw new UsageException("Cannot read the history: " + e.getMessage());
      }
      throw e;
    }
  }

  /** Spark's sentence with its line, without its plans, and the name that may have been meant. */
  private static String explain(AnalysisException wrong, SparkSession spark) {
    String sentence = wrong.getSimpleMessage();
    if (!NOT_FOUND.equals(wrong.getErrorClass())) {
      return sentence;
    }
    List<String> known = new ArrayList<>(Views.NAMES);
    spark.sql("SHOW TABLES").collectAsList().forEach(row -> known.add(row.getString(1)));
    String[] parts =
        wrong.getMessageParameters().get("relationName").replace("`", "").split("\\.", -1);
    String name = parts[parts.length - 1];
    return "there is no table or view %s%s. There are: %s (%s)"
        .formatted(
            name,
            NearestName.of(name, known).map(" (did you mean %s?)"::formatted).orElse(""),
            String.join(", ", known.stream().distinct().sorted().toList()),
            place(wrong));
  }

  private static String place(AnalysisException wrong) {
    return wrong.line().isDefined() ? "line " + wrong.line().get() : "no line";
  }
}
