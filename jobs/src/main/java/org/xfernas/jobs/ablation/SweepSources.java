package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Makes the source knowledge of cells, and remembers the latest. What a task gives depends on the
 * task and the draw alone: it is the same for every target and arm, and fewer points are the first
 * of more.
 */
final class SweepSources {
  private static final int REMEMBERED = 64;

  private final SearchSpace space;
  private final SweepTable table;
  private final OptimizerSettings optimizer;
  private final KnowledgeCache cache;
  private final Map<Given, SourceTask> remembered = new LinkedHashMap<>();

  private record Given(SweepTask task, Sources sources) {}

  /**
   * Sources of a table.
   *
   * @param optimizer settings of the optimizers that make histories
   * @param cache of what these searches share
   */
  SweepSources(
      SearchSpace space, SweepTable table, OptimizerSettings optimizer, KnowledgeCache cache) {
    this.space = space;
    this.table = table;
    this.optimizer = optimizer;
    this.cache = cache;
  }

  /** What a search on the target is told. */
  synchronized SourceKnowledge knowledge(String target, Sources sources)
      throws InterruptedException {
    List<SourceTask> given = new ArrayList<>();
    for (SweepTask task : table.sources(target)) {
      given.add(remembered(new Given(task, sources)));
    }
    return new SourceKnowledge(given);
  }

  private SourceTask remembered(Given key) throws InterruptedException {
    SourceTask source = remembered.remove(key);
    if (source == null) {
      source = new SourceTask(key.task.name(), history(key.task, key.sources));
    }
    remembered.put(key, source);
    if (remembered.size() > REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
    return source;
  }

  private TrialHistory history(SweepTask task, Sources sources) throws InterruptedException {
    Seed seed = new Seed(sources.seed()).child("source", task.name());
    return sources.guardCase() == GuardCase.HISTORY
        ? search(task, sources.points(), seed)
        : draw(task, sources, seed);
  }

  private TrialHistory draw(SweepTask task, Sources sources, Seed seed) {
    List<Integer> rows = table.rows(task);
    double[] column = table.scores(task);
    int[] drawn =
        RandomOrder.of(rows.size(), seed.child("draw").generator()).stream()
            .limit(sources.points())
            .mapToInt(rows::get)
            .toArray();
    double[] scores = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      scores[i] = column[drawn[i]];
    }
    double[] told = sources.guardCase().disturb(scores, seed.child("guard-case").generator());
    List<Observation> observations = new ArrayList<>();
    for (int i = 0; i < drawn.length; i++) {
      Architecture architecture = space.parse(table.values().architectures().get(drawn[i]));
      observations.add(
          new Observation(i + 1, architecture, space.id(architecture), OptionalDouble.of(told[i])));
    }
    return new TrialHistory(observations);
  }

  /** A search of which the first half is random, and the second by expected improvement. */
  private TrialHistory search(SweepTask task, int points, Seed seed) throws InterruptedException {
    SearchJournal journal = SearchJournal.inMemory();
    TableSearch search =
        new TableSearch(space, table, task.sourceObjective(), Optional.empty(), seed, cache);
    search.run(plain(OptimizerType.RANDOM), SourceKnowledge.EMPTY, (points + 1) / 2, journal);
    search.run(plain(OptimizerType.BAYESIAN), SourceKnowledge.EMPTY, points, journal);
    return TrialHistory.of(task.sourceObjective(), journal.trials());
  }

  private OptimizerSettings plain(OptimizerType type) {
    return optimizer.with(type, Transfer.NONE);
  }
}
