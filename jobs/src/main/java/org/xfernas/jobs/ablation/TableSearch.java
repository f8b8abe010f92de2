package org.xfernas.jobs.ablation;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.TableEvaluator;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.Optimizer;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.Optimizers;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchListener;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.run.SearchRun;
import org.xfernas.search.run.StopCriterion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ListedSpace;
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
    run(
        Optimizers.of(
            optimizer, space, knowledge, Deduplication.TEXT, seed.child("optimizer"), cache),
        evaluations,
        journal);
  }

  /** The same among the architectures with a result; it ends at the latest when all are tried. */
  void runAmongResults(
      OptimizerSettings optimizer,
      SourceKnowledge knowledge,
      int evaluations,
      SearchJournal journal)
      throws InterruptedException {
    List<Architecture> results =
        table.rows(objective.metric()).stream()
            .map(row -> (Architecture) space.parse(table.values().architectures().get(row)))
            .toList();
    run(
        Optimizers.among(
            optimizer,
            space,
            new ListedSpace(space, results),
            knowledge,
            seed.child("optimizer"),
            cache),
        evaluations,
        journal);
  }

  private void run(Optimizer optimizer, int evaluations, SearchJournal journal)
      throws InterruptedException {
    try (TableEvaluator evaluator =
        new TableEvaluator(table.values(), objective.metric(), testMetric, architecture -> 0, 1)) {
      new SearchRun(
              space,
              optimizer,
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
