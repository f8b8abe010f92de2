package org.xfernas.jobs.history;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.iceberg.exceptions.ValidationException;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.LocalTempView$;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.InsertIntoDir;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ParsedStatement;
import org.apache.spark.sql.execution.command.CreateViewCommand;
import org.apache.spark.sql.execution.command.ExplainCommand;
import org.apache.spark.sql.execution.command.SetCommand;
import org.xfernas.jobs.ExitCode;
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
 * or answers one statement after the other: {@code history --console}. Whatever else a statement
 * asks for is refused: only jobs change the tables.
 */
public final class HistoryJob implements Job {
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
        ConsoleSummary summary = console(spark, arguments, context);
        // A person has seen what failed; a script has not. Java tells no more of a terminal.
        boolean failed = summary.failed() > 0 && System.console() == null;
        return new JobResult(
            failed ? ExitCode.FAILED : ExitCode.DONE, SummaryFile.write(directory, summary));
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

  private record ConsoleSummary(String job, long statements, long failed) {}

  /** Answers the statements of standard input; a wrong one does not end it. */
  private ConsoleSummary console(SparkSession spark, HistoryArguments arguments, JobContext context)
      throws IOException {
    context.err().println("statements end with ; and the console with the end of input (Ctrl-D)");
    Statements statements =
        new Statements(new InputStreamReader(System.in, Charset.defaultCharset()));
    long answered = 0;
    long failed = 0;
    for (Optional<String> next = statements.next(); next.isPresent(); next = statements.next()) {
      try {
        answer(spark, next.get(), arguments, context);
        answered++;
      } catch (UsageException e) {
        context.err().println(e.getMessage());
        failed++;
      }
    }
    return new ConsoleSummary(name(), answered, failed);
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
      if (!isQuery(spark.sessionState().sqlParser().parsePlan(query))) {
        throw new UsageException(
            "Cannot read the history: history answers queries and changes nothing, and this is none; begin with SELECT, WITH, VALUES, SHOW, DESCRIBE or EXPLAIN (%s)"
                .formatted(query.strip()));
      }
      Dataset<Row> answer = spark.sql(query);
      return arguments.output().isPresent()
          ? arguments.format().write(answer, arguments.output().get())
          : arguments.format().write(answer, context.out());
    } catch (AnalysisException e) {
      throw new UsageException("Cannot read the history: " + explain(e, spark));
    } catch (Exception e) {
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
      // What a query does by itself, such as raise_error; Spark has logged its trace.
      if (cause instanceof RuntimeException
          && cause.getMessage() != null
          && !(e instanceof UsageException)
          && !(cause instanceof SparkThrowable)) {
        throw new UsageException(
            "Cannot read the history: the query failed: " + cause.getMessage());
      }
      throw e;
    }
  }

  /** Whether a statement only asks, or names a query for as long as the console is open. */
  private static boolean isQuery(LogicalPlan plan) {
    if (plan instanceof SetCommand set) {
      return set.kv().isEmpty() || set.kv().get()._2().isEmpty();
    }
    if (plan instanceof CreateViewCommand view) {
      return view.viewType().equals(LocalTempView$.MODULE$)
          && !view.plan().exists(HistoryJob::changes);
    }
    String name = plan.getClass().getSimpleName();
    // Spark has a class for each of what may be shown or described, and no type for all of them.
    return name.startsWith("Show")
        || name.startsWith("Describe")
        || plan instanceof ExplainCommand
        // Below, such as the INSERT of a WITH.
        || !plan.exists(HistoryJob::changes);
  }

  private static boolean changes(LogicalPlan plan) {
    return plan instanceof Command
        || plan instanceof ParsedStatement
        || plan instanceof InsertIntoDir;
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
