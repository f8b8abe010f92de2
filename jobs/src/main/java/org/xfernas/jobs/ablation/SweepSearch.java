package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfernas.jobs.search.SpaceSettings;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult.Scores;

/**
 * Runs the searches of a sweep. Every executor has one, which its tasks share, so that sources are
 * drawn and fitted once for all arms.
 */
final class SweepSearch implements Serializable {
  private static final long serialVersionUID = 1L;

  private final SpaceSettings declared;
  private final SweepTable table;
  private final OptimizerSettings optimizer;

  private transient SearchSpace space;
  private transient KnowledgeCache cache;
  private transient SweepSources sources;

  /**
   * The searches of a sweep.
   *
   * @param declared the space
   * @param table that is searched in
   * @param optimizer settings that hold for every optimizer
   */
  SweepSearch(SpaceSettings declared, SweepTable table, OptimizerSettings optimizer) {
    this.declared = declared;
    this.table = table;
    this.optimizer = optimizer;
  }

  /** Runs one search until it has so many evaluations. */
  List<Evaluation> run(SweepCell cell, int evaluations) throws InterruptedException {
    prepare();
    Arm arm = cell.arm();
    SweepTask task = table.task(cell.target());
    SearchJournal journal = SearchJournal.inMemory();
    new TableSearch(
            space,
            table,
            task.objective(),
            Optional.of(task.testMetric()),
            new Seed(cell.sources().seed()),
            cache)
        .run(
            optimizer.with(arm.type(), arm.transfer()),
            arm.transfers()
                ? sources.knowledge(cell.target(), cell.sources())
                : SourceKnowledge.EMPTY,
            evaluations,
            journal);
    return evaluations(task.objective(), journal);
  }

  private synchronized void prepare() {
    if (space == null) {
      space = declared.space();
      cache = new KnowledgeCache(table.features()::of);
      sources = new SweepSources(space, table, optimizer, cache);
    }
  }

  private List<Evaluation> evaluations(Objective objective, SearchJournal journal) {
    RegretScale scale = RegretScale.of(table.values(), objective);
    List<Trial> trials = journal.trials();
    List<Optional<Trial>> incumbents = SearchProgress.of(objective, journal).incumbents();
    List<Evaluation> evaluated = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Scores best = incumbents.get(i).map(trial -> trial.result().scores()).orElse(Scores.NONE);
      double validation = best.validation().orElse(Double.NaN);
      evaluated.add(
          new Evaluation(
              objective.metric(),
              i + 1,
              validation,
              best.test().orElse(Double.NaN),
              scale.regret(objective.score(validation)),
              trials.get(i).proposal().optimizerSeconds()));
    }
    return evaluated;
  }
}
