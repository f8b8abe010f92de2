package org.xfernas.jobs.nightly;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.nightly.NightPlan.Due;
import org.xfernas.jobs.report.NightPage;
import org.xfernas.jobs.report.NightPage.Found;
import org.xfernas.jobs.report.NightPage.Maintenance;
import org.xfernas.jobs.report.NightPage.Searched;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.search.CannotGoOnException;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TablesMaintenance;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.run.SearchProgress;

/** One night, which has the lease of all of them. */
final class Night {
  private static final String RUNNING = "running";
  private static final String WAITING = "waiting";
  private static final String NOT_STARTED = "not started";
  private static final String REPORT = "report.html";

  private final JobContext context;
  private final NightlySections sections;
  private final NightlySettings settings;
  private final Warehouse warehouse;
  private final TrialsTable trials;
  private final SearchLease lease;
  private final NightPlan plan;
  private final Path directory;
  private final Instant started;
  private final NightPage.Provenance provenance;
  private final Map<String, Searched> searched = new LinkedHashMap<>();
  private double gpuSeconds;
  private boolean stopped;
  private Optional<Maintenance> maintenance = Optional.empty();
  private Optional<String> maintenanceFailure = Optional.empty();

  Night(
      JobContext context,
      NightlySections sections,
      Warehouse warehouse,
      SearchLease lease,
      NightPlan plan,
      Instant started) {
    this.context = context;
    this.sections = sections;
    this.settings = sections.nightly();
    this.warehouse = warehouse;
    this.trials = new TrialsTable(warehouse);
    this.lease = lease;
    this.plan = plan;
    this.directory = sections.output().resolve(settings.id());
    this.started = started;
    this.provenance =
        NightPage.Provenance.of(
            trials.snapshot(), context.arguments(), settings.text(context.config()));
    plan.due().forEach(due -> searched.put(due.task(), untouched(due, WAITING, Optional.empty())));
  }

  private static Searched untouched(Due due, String state, Optional<String> left) {
    return new Searched(
        due.task(),
        due.search().id(),
        due.why(),
        state,
        left,
        0,
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** Searches, and tidies up. */
  JobResult run() throws IOException, InterruptedException {
    plan.notDue().forEach((task, why) -> say("%s is not due: %s".formatted(task, why)));
    lease.describe(NightRow.text(page(RUNNING)));
    for (Due due : plan.due()) {
      lease.requireHeld();
      searched.put(due.task(), search(due));
      lease.describe(NightRow.text(page(RUNNING)));
    }
    if (settings.maintenance() && !stopped) {
      tidyUp();
    }
    boolean failed =
        maintenanceFailure.isPresent()
            || stopped
            || searched.values().stream().anyMatch(search -> search.failure().isPresent());
    State state = stopped ? State.STOPPED : failed ? State.FAILED : State.FINISHED;
    NightPage page = page(state.name().toLowerCase(Locale.ROOT));
    // That of the newest is above it, too.
    NightPage kept = page.at(directory.resolve(NightPage.TIME.format(started)).resolve(REPORT));
    for (NightPage each : List.of(kept, page)) {
      each.write();
      SummaryFile.write(Path.of(each.report()).getParent(), each);
    }
    context.out().println("report: " + page.report());
    lease.describe(NightRow.text(page));
    lease.release(state);
    return new JobResult(
        failed ? ExitCode.FAILED : ExitCode.DONE, directory.resolve(SummaryFile.NAME));
  }

  private NightPage page(String state) {
    return new NightPage(
        "nightly",
        settings.id(),
        started.toString(),
        context.clock().instant().toString(),
        state,
        List.copyOf(searched.values()),
        plan.notDue(),
        gpuSeconds,
        settings
            .gpuTime()
            .map(all -> OptionalDouble.of(all.toMillis() / 1e3))
            .orElse(OptionalDouble.empty()),
        stopped,
        maintenance,
        maintenanceFailure,
        Optional.of(provenance),
        directory.resolve(REPORT).toString());
  }

  private Searched search(Due due) throws InterruptedException {
    Optional<Duration> left = gpuTimeLeft();
    boolean outOfTime = left.filter(time -> time.isNegative() || time.isZero()).isPresent();
    if (stopped || outOfTime) {
      say("%s is left to the next night".formatted(due.task()));
      return untouched(
          due,
          NOT_STARTED,
          Optional.of(stopped ? "the night was stopped" : "the GPU time of the night was used"));
    }
    say("%s is searched on: %s".formatted(due.task(), due.why()));
    OptionalLong versionBefore = trials.snapshot();
    double secondsBefore = due.search().gpuSeconds(warehouse);
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
    } catch (CannotGoOnException e) {
      // It would be refused in every night to come.
      Optional<Due> anew = due.anew(e.change());
      if (anew.isPresent()) {
        say("the search %s is left unfinished".formatted(due.search().id()));
        return search(anew.get());
      }
      failure = Optional.of(e.getMessage());
    } catch (IOException | RuntimeException e) {
      failure = Optional.of(e.getMessage() == null ? e.toString() : e.getMessage());
    }
    failure.ifPresent(why -> say("the search on %s failed: %s".formatted(due.task(), why)));
    double seconds = due.search().gpuSeconds(warehouse) - secondsBefore;
    gpuSeconds += seconds;
    Optional<State> state = state(due);
    return new Searched(
        due.task(),
        due.search().id(),
        due.why(),
        state.map(State::name).map(name -> name.toLowerCase(Locale.ROOT)).orElse(NOT_STARTED),
        failure.isEmpty() && state.equals(Optional.of(State.STOPPED))
            ? Optional.of("the GPU time of the night was used; the next night goes on with it")
            : Optional.empty(),
        seconds,
        failure,
        found(due, versionBefore),
        summary.map(Path::toString),
        summary.map(path -> path.resolveSibling(REPORT).toAbsolutePath().toString()));
  }

  /** What the search found, beside what was known of the same unit before it. */
  private Optional<Found> found(Due due, OptionalLong versionBefore) {
    Optional<KnowledgeUnit> unit = trials.unitsOf(due.search().id()).stream().findFirst();
    if (unit.isEmpty()) {
      return Optional.empty();
    }
    SearchProgress progress = due.search().progress(warehouse);
    Optional<EvaluatedText> best = trials.best(unit.get(), trials.snapshot());
    return Optional.of(
        new Found(
            unit.get().objective().metric(),
            progress.trials().size(),
            progress.failed(),
            value(trials.best(unit.get(), versionBefore)),
            value(best),
            best.map(EvaluatedText::architecture)));
  }

  private static OptionalDouble value(Optional<EvaluatedText> best) {
    return best.map(EvaluatedText::value).orElse(OptionalDouble.empty());
  }

  private Optional<State> state(Due due) {
    return new SearchesTable(warehouse).find(due.search().id()).map(Row::state);
  }

  private Optional<Duration> gpuTimeLeft() {
    return settings.gpuTime().map(all -> all.minusNanos((long) (gpuSeconds * 1e9)));
  }

  /** Tidies up the tables, of which nothing depends on that it succeeds tonight. */
  private void tidyUp() {
    say("the tables are tidied up");
    try (SparkSession spark =
        SparkTables.session("night " + settings.id(), context.master(), sections.tables())) {
      Instant olderThan = context.clock().instant().minus(settings.keep());
      TablesMaintenance.Result result = TablesMaintenance.run(spark, warehouse, olderThan);
      maintenance =
          Optional.of(
              new Maintenance(
                  result.rewrittenFiles(), result.writtenFiles(), result.droppedVersions()));
    } catch (RuntimeException e) {
      say("the tables could not be tidied up: %s".formatted(e.getMessage()));
      maintenanceFailure = Optional.of(String.valueOf(e.getMessage()));
    }
  }

  private void say(String line) {
    context.err().println(line);
  }
}
