package org.xfernas.jobs.search;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.TableVersion;
import org.xfernas.jobs.source.KnowledgeReader;
import org.xfernas.jobs.source.SearchKnowledge;
import org.xfernas.jobs.source.SourceSettings;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.TasksTable;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.models.dataset.TaskDescription;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.GivenCandidates;
import org.xfernas.search.optimizer.Optimizer;
import org.xfernas.search.optimizer.Optimizers;
import org.xfernas.search.optimizer.ShadowedOptimizer;
import org.xfernas.search.optimizer.WithEarlierTrials;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchOutcome;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchRun;
import org.xfernas.search.run.SourceUse;
import org.xfernas.search.run.StopCriterion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.LearntSources;
import org.xfernas.search.trial.SourceKnowledge;

/**
 * One search under its name: new, gone on with, or started anew.
 *
 * @param context of the job
 * @param sections of the configuration
 * @param configuration that the search's results depend on
 * @param id its name
 * @param warehouse where its rows are
 * @param gpuTime after so much more of it the search is stopped; empty: its own budget alone counts
 */
record NamedSearch(
    JobContext context,
    SearchSections sections,
    SearchConfiguration configuration,
    String id,
    Warehouse warehouse,
    Optional<Duration> gpuTime) {
  JobResult run() throws IOException, InterruptedException {
    Optional<SearchesTable.Row> known = new SearchesTable(warehouse).find(id);
    if (known.filter(row -> row.state() == State.FINISHED).isPresent()) {
      String name = TablesJournal.setAside(warehouse, id);
      say("the finished search %s is called %s from now on".formatted(id, name));
      return search(Optional.empty());
    }
    known.ifPresent(
        row -> configuration.requireSameAs(SearchConfiguration.parse(row.configuration()), id));
    return search(known);
  }

  private JobResult search(Optional<SearchesTable.Row> known)
      throws IOException, InterruptedException {
    if (!settings().sources().isEmpty() && !settings().transfers()) {
      say("xfernas.search.sources is not looked at: xfernas.search.optimizer.transfer is none");
    }
    if (settings().snapshot().isPresent() && !settings().readsTrials()) {
      say("xfernas.search.snapshot is not looked at: the search reads no table of trials");
    }
    SearchLease.requireFree(known, context.clock());
    KnowledgeUnit unit = unit(sections);
    if (known.isPresent()) {
      requireSameData(unit);
    }
    try (StopSignals signals = new StopSignals();
        SparkOnDemand spark = new SparkOnDemand(id, context.master(), sections.tables());
        Evaluation evaluation = Evaluation.open(sections, id, context, spark)) {
      SearchConfiguration decided =
          known
              .map(row -> SearchConfiguration.parse(row.configuration()))
              .orElseGet(() -> decided(evaluation.evaluator().slots()));
      SearchKnowledge knowledge = knowledge(known, unit, evaluation, spark);
      try (SearchLease lease = lease(known, decided, knowledge)) {
        return drive(evaluation, spark, unit, knowledge, lease, decided, signals);
      }
    }
  }

  /**
   * The settings have the images' place alone; accuracies on others are no trials of this search.
   */
  private void requireSameData(KnowledgeUnit unit) {
    for (KnowledgeUnit before : new TrialsTable(warehouse).unitsOf(id)) {
      if (before.fingerprint().isPresent() && !before.fingerprint().equals(unit.fingerprint())) {
        throw new CannotGoOnException(
            "its data are new",
            "Cannot go on with the search %s: its images are no longer what they were (xfernas.data.dir=%s, fingerprint before=%s, now=%s); put the files back, or give the search another xfernas.search.id"
                .formatted(
                    id,
                    sections.candidates().data().dir(),
                    before.fingerprint().get(),
                    unit.fingerprint().orElse("none")));
      }
    }
  }

  /** With the size of its rounds, which a search that goes on elsewhere keeps. */
  private SearchConfiguration decided(int slots) {
    return configuration.batch().isPresent() ? configuration : configuration.withBatch(slots);
  }

  /** Reads what the search learns from: the same when it goes on as when it was started. */
  private SearchKnowledge knowledge(
      Optional<SearchesTable.Row> known,
      KnowledgeUnit unit,
      Evaluation evaluation,
      SparkOnDemand spark)
      throws IOException {
    KnowledgeReader reader =
        new KnowledgeReader(settings().space().space(), unit, new Seed(settings().seed()));
    if (settings().transfers()) {
      List<String> names = settings().sourceNames();
      for (int i = 0; i < names.size(); i++) {
        SourceSettings source = settings().sources().get(i);
        if (source.isDrawn()) {
          reader.draw(source, names.get(i), evaluation.table().orElseThrow());
        } else {
          reader.read(source, names.get(i), spark);
        }
      }
    }
    if (settings().readsTrials()) {
      TrialsTable trials = new TrialsTable(warehouse);
      boolean asSources = settings().transfers() && settings().sources().isEmpty();
      reader.readTrials(
          trials,
          known.map(row -> row.knowledge().snapshot()).orElseGet(() -> snapshot(trials)),
          new TasksTable(warehouse).descriptors(),
          asSources,
          settings().reuse());
    }
    SearchKnowledge knowledge = reader.knowledge();
    known.ifPresent(row -> requireSame(row.knowledge(), knowledge.recorded()));
    return knowledge;
  }

  private OptionalLong snapshot(TrialsTable trials) {
    Optional<TableVersion> wanted = settings().snapshot();
    if (wanted.isEmpty()) {
      return trials.snapshot();
    }
    OptionalLong snapshot = wanted.get().snapshot();
    try {
      snapshot.ifPresent(trials::requireKept);
    } catch (IllegalArgumentException e) {
      throw new UsageException(
          "xfernas.search.snapshot: %s; leave it out to read the table as it is now"
              .formatted(e.getMessage()));
    }
    return snapshot;
  }

  private void requireSame(Knowledge before, Knowledge now) {
    if (!before.agreesWith(now)) {
      throw new CannotGoOnException(
          "it has other sources",
          "Cannot go on with the search %s: its sources are no longer what they were (before=%s, now=%s); put the files back, or give the search another xfernas.search.id"
              .formatted(id, before.sources(), now.sources()));
    }
  }

  private SearchLease lease(
      Optional<SearchesTable.Row> known, SearchConfiguration decided, SearchKnowledge knowledge) {
    return SearchLease.acquire(
        warehouse,
        id,
        known,
        decided.text(),
        knowledge.recorded(),
        sections.tables().lease(),
        context.clock());
  }

  private JobResult drive(
      Evaluation evaluation,
      SparkOnDemand spark,
      KnowledgeUnit unit,
      SearchKnowledge knowledge,
      SearchLease lease,
      SearchConfiguration decided,
      StopSignals signals)
      throws IOException {
    SearchSpace space = settings().space().space();
    say("search %s".formatted(id));
    knowledge.notes().forEach(this::say);
    for (SourceUse source : knowledge.recorded().sources()) {
      say("source %s: %d evaluations".formatted(source.task(), source.evaluations()));
    }
    if (settings().optimizer().settings().subsamplesSources()
        && LearntSources.exceededBy(knowledge.sources().tasks())) {
      say(
          "of these, the predictions learn from at most %d evaluations of %d tasks, chosen by similarity, value and coverage"
              .formatted(LearntSources.MOST_POINTS, LearntSources.MOST_TASKS));
    }
    try {
      SearchJournal journal = journal(id, unit, lease);
      double before = gpuSeconds(journal);
      SearchPlan plan = plan(decided);
      Optional<StopCriterion> limit = limit(before, 0);
      SearchOutcome outcome =
          run(
              evaluation,
              optimizer(space, knowledge, cache(evaluation)),
              journal,
              limit.map(plan::withLimit).orElse(plan),
              settings().budgetBeforeChoice());
      if (isBeyond(plan, outcome)
          || !choose(SearchProgress.of(settings().objective(), journal), before, spark, lease)) {
        return outOfTime(lease, signals);
      }
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
    lease.release(State.FINISHED);
    return report();
  }

  /** With room for the choice at the end in the GPU time. */
  private SearchPlan plan(SearchConfiguration decided) {
    SearchPlan plan = settings().plan(decided.batch());
    double choice = sections.costOfChoice();
    return settings()
        .budget()
        .gpuTime()
        .filter(limit -> choice > 0)
        .map(limit -> plan.withLimit(new StopCriterion.GpuTimeWithRoom(limit, choice)))
        .orElse(plan);
  }

  /** Whether it was ended by a limit that is none of its own. */
  private static boolean isBeyond(SearchPlan plan, SearchOutcome outcome) {
    return outcome.stop().filter(stop -> !plan.stop().contains(stop)).isPresent();
  }

  /**
   * Evaluates the best once more, at full fidelity, where that is wanted.
   *
   * @param progress of the search
   * @param before its GPU time when this run began, in seconds
   * @return whether all is done that the search's own budget has room for
   */
  private boolean choose(
      SearchProgress progress, double before, SparkOnDemand spark, SearchLease lease)
      throws IOException, InterruptedException {
    List<Architecture> best = progress.best(settings().choice().candidates());
    if (best.isEmpty()) {
      return true;
    }
    say("the best %d are evaluated at full fidelity".formatted(best.size()));
    String choice = TablesJournal.choiceOf(id);
    SearchSections full = sections.ofChoice();
    try (Evaluation evaluation = Evaluation.open(full, choice, context, spark)) {
      SearchJournal journal = journal(choice, unit(full), lease);
      SearchPlan plan = settings().planOfChoice(progress.gpuSeconds());
      Optional<StopCriterion> limit = limit(before + gpuSeconds(journal), progress.gpuSeconds());
      SearchOutcome outcome =
          run(
              evaluation,
              new GivenCandidates(best, "choice at the end"),
              journal,
              limit.map(plan::withLimit).orElse(plan),
              settings().budgetOfChoice());
      int evaluated = outcome.trials().size();
      if (evaluated < best.size()) {
        say("the GPU time is used after %d of them".formatted(evaluated));
      }
      return evaluated == best.size() || !isBeyond(plan, outcome);
    }
  }

  private SearchJournal journal(String searchId, KnowledgeUnit unit, SearchLease lease) {
    return new TablesJournal(
        warehouse, searchId, settings().space().space(), unit, lease, context.clock());
  }

  private double gpuSeconds(SearchJournal journal) {
    return SearchProgress.of(settings().objective(), journal).gpuSeconds();
  }

  /**
   * The GPU time that this run may take, where there is such a limit.
   *
   * @param before what was taken when it began, in seconds
   * @param elsewhere what is taken by other evaluations than those of the plan
   */
  private Optional<StopCriterion> limit(double before, double elsewhere) {
    return gpuTime.map(
        more ->
            new StopCriterion.GpuTime(more.plusNanos((long) Math.ceil(before * 1e9)), elsewhere));
  }

  private SearchOutcome run(
      Evaluation evaluation,
      Optimizer optimizer,
      SearchJournal journal,
      SearchPlan plan,
      SearchSettings.Budget budget)
      throws InterruptedException {
    try (ProgressDisplay display =
        new ProgressDisplay(plan.objective(), budget, context.err(), context.clock())) {
      return new SearchRun(
              settings().space().space(),
              optimizer,
              evaluation.evaluator(),
              journal,
              plan,
              new SearchLog(id, display))
          .run();
    }
  }

  private JobResult outOfTime(SearchLease lease, StopSignals signals) throws IOException {
    signals.answer();
    lease.release(State.STOPPED);
    say("the GPU time is used; the search %s is left to go on later".formatted(id));
    return new JobResult(ExitCode.DONE, report().summary());
  }

  private JobResult stopped(SearchLease lease, StopSignals signals) throws IOException {
    signals.answer();
    lease.release(State.STOPPED);
    say("the search %s is stopped; the same command goes on with it".formatted(id));
    return new JobResult(ExitCode.FAILED, report().summary());
  }

  /** What the optimizer and its shadow share. */
  private KnowledgeCache cache(Evaluation evaluation) {
    return settings().evaluator() instanceof EvaluatorSettings.Table table
        ? new KnowledgeCache(table.features(evaluation.table().orElseThrow())::of)
        : new KnowledgeCache();
  }

  private Optimizer optimizer(SearchSpace space, SearchKnowledge knowledge, KnowledgeCache cache) {
    Optimizer optimizer = optimizer(space, knowledge.sources(), cache);
    if (settings().optimizer().shadow() && !knowledge.sources().isEmpty()) {
      optimizer = new ShadowedOptimizer(optimizer, optimizer(space, SourceKnowledge.EMPTY, cache));
    }
    return settings().reuse() ? new WithEarlierTrials(optimizer, knowledge.earlier()) : optimizer;
  }

  private Optimizer optimizer(SearchSpace space, SourceKnowledge sources, KnowledgeCache cache) {
    return Optimizers.of(
        settings().optimizer().settings(),
        space,
        sources,
        settings().deduplication(),
        new Seed(settings().seed()).child("optimizer"),
        cache);
  }

  /** The unit that trials belong to; its data set is in the table of tasks then. */
  private KnowledgeUnit unit(SearchSections of) {
    Optional<TaskDescription> task =
        sections.trains()
            ? Optional.of(DataDescriptions.of(sections.candidates()))
            : Optional.empty();
    task.ifPresent(
        description ->
            new TasksTable(warehouse)
                .record(settings().task(), description, context.clock().instant()));
    return new KnowledgeUnit(
        settings().task(),
        task.map(TaskDescription::fingerprint),
        configuration.spaceText(),
        of.fidelity(),
        configuration.protocolText(),
        of.search().objective());
  }

  private JobResult report() throws IOException {
    return new ReportedSearch(context, sections.shown(), id, warehouse).report();
  }

  private SearchSettings settings() {
    return sections.search();
  }

  private void say(String line) {
    context.err().println(line);
  }
}
