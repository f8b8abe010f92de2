package org.xfernas.jobs.search;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.TasksTable;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Optimizers;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchRun;
import org.xfernas.search.run.SearchSummary;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge;

/**
 * One search under its name: new, gone on with, or finished before.
 *
 * @param context of the job
 * @param sections of the configuration
 * @param configuration that the search's results depend on
 * @param id its name
 * @param warehouse where its rows are
 */
record NamedSearch(
    JobContext context,
    SearchSections sections,
    SearchConfiguration configuration,
    String id,
    Warehouse warehouse) {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  JobResult run() throws IOException, InterruptedException {
    Optional<SearchesTable.Row> known = new SearchesTable(warehouse).find(id);
    boolean finished = known.filter(row -> row.state() == State.FINISHED).isPresent();
    if (finished && settings().restart()) {
      String name = TablesJournal.setAside(warehouse, id);
      say("the finished search %s is called %s from now on".formatted(id, name));
      return search(Optional.empty());
    }
    Optional<SearchConfiguration> started =
        known.map(row -> SearchConfiguration.parse(row.configuration()));
    started.ifPresent(before -> configuration.requireSameAs(before, id));
    return finished ? showAgain() : search(known);
  }

  private JobResult showAgain() throws IOException {
    say(
        "the search %s is finished; to start it anew: --set xfernas.search.restart=true, or another xfernas.search.id"
            .formatted(id));
    return report();
  }

  private JobResult search(Optional<SearchesTable.Row> known)
      throws IOException, InterruptedException {
    if (!settings().sources().isEmpty() && settings().optimizer().transfer().equals("none")) {
      say("xfernas.search.sources is not looked at: xfernas.search.optimizer.transfer is none");
    }
    SearchLease.requireFree(known, context.clock());
    try (StopSignals signals = new StopSignals();
        Evaluation evaluation = Evaluation.open(sections, id, context)) {
      SearchConfiguration decided =
          known
              .map(row -> SearchConfiguration.parse(row.configuration()))
              .orElseGet(() -> configuration.withBatch(evaluation.evaluator().slots()));
      try (SearchLease lease = lease(known, decided)) {
        return drive(evaluation, lease, decided, signals);
      }
    }
  }

  private SearchLease lease(Optional<SearchesTable.Row> known, SearchConfiguration decided) {
    return SearchLease.acquire(
        warehouse, id, known, decided.text(), sections.tables().lease(), context.clock());
  }

  private JobResult drive(
      Evaluation evaluation, SearchLease lease, SearchConfiguration decided, StopSignals signals)
      throws IOException {
    Clock clock = context.clock();
    SearchSpace space = settings().space().space();
    say("search %s".formatted(id));
    try (ProgressDisplay display =
        new ProgressDisplay(objective(), settings().budget(), context.err(), clock)) {
      recordTask();
      TablesJournal journal = new TablesJournal(warehouse, id, space, common(), lease, clock);
      new SearchRun(
              space,
              Optimizers.of(
                  settings().optimizer().settings(),
                  space,
                  SourceKnowledge.EMPTY,
                  settings().deduplication(),
                  new Seed(settings().seed()).child("optimizer")),
              evaluation.evaluator(),
              journal,
              plan(decided),
              display)
          .run();
    } catch (InterruptedException e) {
      return stopped(lease, signals);
    } catch (RuntimeException e) {
      // Libraries turn an interrupt into exceptions of their own.
      if (signals.received()) {
        return stopped(lease, signals);
      }
      throw e;
    }
    signals.answer();
    JobResult result = report();
    lease.release(State.FINISHED);
    return result;
  }

  private JobResult stopped(SearchLease lease, StopSignals signals) throws IOException {
    signals.answer();
    lease.release(State.STOPPED);
    say("the search %s is stopped; the same command goes on with it".formatted(id));
    return new JobResult(ExitCode.FAILED, report().summary());
  }

  private void recordTask() {
    if (sections.trains()) {
      var task = sections.candidates().load().description();
      new TasksTable(warehouse).record(settings().task(), task, context.clock().instant());
    }
  }

  private JobResult report() throws IOException {
    SearchJournal journal =
        RecordedSearch.read(warehouse, id, settings().space().space()).journal();
    String run = id + "-" + RUN_TIME.format(context.clock().instant());
    SearchSummary summary =
        SearchSummary.of(
            new SearchSummary.Labels(run, id, settings().task(), settings().optimizer().type()),
            plan(configuration),
            journal);
    SearchReport report =
        new SearchReport(
            sections.output().resolve(id), summary, SearchProgress.of(objective(), journal));
    Path path = report.write();
    report.print(context.out(), sections.tables());
    if (summary.best().isEmpty()) {
      say(
          "no candidate of the search %s was evaluated successfully; failure_reason in the table trials says why"
              .formatted(id));
      return new JobResult(ExitCode.FAILED, path);
    }
    return JobResult.done(path);
  }

  private SearchPlan plan(SearchConfiguration of) {
    return new SearchPlan(
        objective(),
        settings().budget().criteria(),
        settings().mode(),
        of.batch(),
        new Seed(settings().seed()));
  }

  private TrialsTable.Common common() {
    return new TrialsTable.Common(
        settings().task(),
        configuration.spaceText(),
        sections.fidelity(),
        configuration.protocolText());
  }

  private Objective objective() {
    return settings().evaluator().objective();
  }

  private SearchSettings settings() {
    return sections.search();
  }

  private void say(String line) {
    context.err().println(line);
  }
}
