package org.xfernas.jobs.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.nightly.NightPlan.Due;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TablesMaintenance;
import org.xfernas.jobs.table.Warehouse;

/** One night, which has the lease of all of them. */
final class Night {
  private final JobContext context;
  private final NightlySections sections;
  private final NightlySettings settings;
  private final Warehouse warehouse;
  private final SearchLease lease;
  private final List<Searched> searched = new ArrayList<>();
  private double gpuSeconds;
  private boolean stopped;
  private Optional<TablesMaintenance.Result> maintenance = Optional.empty();
  private Optional<String> maintenanceFailure = Optional.empty();

  /**
   * A search of the night.
   *
   * @param task its name in the list
   * @param searchId name of the search
   * @param why it was due
   * @param state in which it was left
   * @param gpuSeconds that it took in this night
   * @param failure what went wrong
   * @param summary its summary.json
   */
  record Searched(
      String task,
      String searchId,
      String why,
      String state,
      double gpuSeconds,
      Optional<String> failure,
      Optional<String> summary) {}

  private record NightSummary(
      String job,
      String id,
      String started,
      List<Searched> searches,
      Map<String, String> notDue,
      double gpuSeconds,
      boolean stopped,
      Optional<TablesMaintenance.Result> maintenance,
      Optional<String> maintenanceFailure) {}

  Night(JobContext context, NightlySections sections, Warehouse warehouse, SearchLease lease) {
    this.context = context;
    this.sections = sections;
    this.settings = sections.nightly();
    this.warehouse = warehouse;
    this.lease = lease;
  }

  /** Searches, and tidies up. */
  JobResult run(NightPlan plan) throws IOException, InterruptedException {
    Instant started = context.clock().instant();
    plan.notDue().forEach((task, why) -> say("%s is not due: %s".formatted(task, why)));
    for (Due due : plan.due()) {
      lease.requireHeld();
      search(due);
    }
    if (settings.maintenance() && !stopped) {
      tidyUp();
    }
    Path summary =
        SummaryFile.write(
            sections.output().resolve(settings.id()),
            new NightSummary(
                "nightly",
                settings.id(),
                started.toString(),
                searched,
                plan.notDue(),
                gpuSeconds,
                stopped,
                maintenance,
                maintenanceFailure));
    boolean failed =
        maintenanceFailure.isPresent()
            || stopped
            || searched.stream().anyMatch(search -> search.failure().isPresent());
    lease.release(stopped ? State.STOPPED : failed ? State.FAILED : State.FINISHED);
    return new JobResult(failed ? ExitCode.FAILED : ExitCode.DONE, summary);
  }

  private void search(Due due) throws InterruptedException {
    Optional<Duration> left = gpuTimeLeft();
    if (stopped || left.filter(time -> time.isNegative() || time.isZero()).isPresent()) {
      say("%s is left to the next night".formatted(due.task()));
      add(due, "not started", 0, Optional.empty(), Optional.empty());
      return;
    }
    say("%s is searched on: %s".formatted(due.task(), due.why()));
    double before = due.search().gpuSeconds(warehouse);
    Optional<String> failure = Optional.empty();
    Optional<Path> summary = Optional.empty();
    try {
      JobResult result = due.search().run(warehouse, left);
      summary = Optional.of(result.summary());
      if (result.exitCode() != ExitCode.DONE) {
        // Used GPU time is no failure: what is left unfinished here was told to stop, as the night.
        stopped = state(due).equals(Optional.of(State.STOPPED));
        failure = Optional.of(stopped ? "it was stopped" : "none of its candidates succeeded");
      }
    } catch (IOException | RuntimeException e) {
      failure = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    failure.ifPresent(why -> say("the search on %s failed: %s".formatted(due.task(), why)));
    double seconds = due.search().gpuSeconds(warehouse) - before;
    gpuSeconds += seconds;
    add(
        due,
        state(due).map(State::name).orElse("not started").toLowerCase(Locale.ROOT),
        seconds,
        failure,
        summary);
  }

  private Optional<State> state(Due due) {
    return new SearchesTable(warehouse).find(due.search().id()).map(Row::state);
  }

  private Optional<Duration> gpuTimeLeft() {
    return settings.gpuTime().map(all -> all.minusNanos((long) (gpuSeconds * 1e9)));
  }

  private void add(
      Due due, String state, double seconds, Optional<String> failure, Optional<Path> summary) {
    searched.add(
        new Searched(
            due.task(),
            due.search().id(),
            due.why(),
            state,
            seconds,
            failure,
            summary.map(Path::toString)));
  }

  /** Tidies up the tables, of which nothing depends on that it succeeds tonight. */
  private void tidyUp() {
    say("the tables are tidied up");
    try (SparkSession spark =
        SparkTables.session("night " + settings.id(), context.master(), sections.tables())) {
      Instant olderThan = context.clock().instant().minus(settings.keep());
      maintenance = Optional.of(TablesMaintenance.run(spark, warehouse, olderThan));
    } catch (RuntimeException e) {
      say("the tables could not be tidied up: %s".formatted(e.getMessage()));
      maintenanceFailure = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void say(String line) {
    context.err().println(line);
  }
}
