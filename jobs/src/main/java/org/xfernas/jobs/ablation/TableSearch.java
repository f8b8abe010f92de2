package org.xfernas.jobs.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.TableEvaluator;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.Optimizers;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchListener;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.run.SearchRun;
import org.xfernas.search.run.StopCriterion;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge;

/**
 * A whole search in a table, one candidate at a time. Each text counts as a candidate of its own,
 * as in a search job on a table.
 *
 * @param space to search in
 * @param table that evaluates
 * @param objective what guides it
 * @param testMetric column that is recorded too
 * @param seed of the search, as {@code xfernas.search.seed} is that of the search job
 * @param cache of what the searches of a process share
 */
record TableSearch(
    SearchSpace space,
    SweepTable table,
    Objective objective,
    Optional<String> testMetric,
    Seed seed,
    KnowledgeCache cache) {

  /** Searches, or goes on with the search of the journal, until there are so many evaluations. */
  void run(
      OptimizerSettings optimizer,
      SourceKnowledge knowledge,
      int evaluations,
      SearchJournal journal)
      throws InterruptedException {
    try (TableEvaluator evaluator =
        new TableEvaluator(table.values(), objective.metric(), testMetric, architecture -> 0, 1)) {
      new SearchRun(
              space,
              Optimizers.of(
                  optimizer, space, knowledge, Deduplication.TEXT, seed.child("optimizer"), cache),
              evaluator,
              journal,
              new SearchPlan(
                  objective,
                  List.of(new StopCriterion.Evaluations(evaluations)),
                  Mode.SYNCHRONOUS,
                  OptionalInt.empty(),
                  seed),
              SearchListener.NONE)
          .run();
    }
  }
}
