package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.PrimitiveIterator;
import java.util.stream.IntStream;
import org.xfernas.jobs.ablation.SourceCase.Told;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.NormalScores;
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

  /** What a source tells: all that it depends on. */
  private record Given(
      SweepTask task,
      int points,
      GuardCase guardCase,
      Double relatedness,
      boolean negated,
      long seed) {

    Given(Told told, Sources sources) {
      this(
          told.task(),
          sources.points(),
          sources.sourceCase().guardCase(),
          sources.sourceCase().relatedness(),
          told.negated(),
          sources.seed());
    }
  }

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
    List<SweepTask> others = table.sources(target);
    for (Told told : sources.sourceCase().told(others, target, new Seed(sources.seed()))) {
      given.add(remembered(new Given(told, sources)));
    }
    return new SourceKnowledge(given);
  }

  private SourceTask remembered(Given key) throws InterruptedException {
    SourceTask source = remembered.remove(key);
    if (source == null) {
      source = new SourceTask(key.task.name(), told(key));
    }
    remembered.put(key, source);
    if (remembered.size() > REMEMBERED) {
      remembered.remove(remembered.keySet().iterator().next());
    }
    return source;
  }

  private TrialHistory told(Given given) throws InterruptedException {
    Seed seed = new Seed(given.seed).child("source", given.task.name());
    TrialHistory history =
        given.guardCase == GuardCase.HISTORY
            ? search(given.task, given.points, seed)
            : draw(given, seed);
    if (given.relatedness != null) {
      history = related(history, given.relatedness, seed.child("unrelated"));
    }
    return given.negated ? with(history, negated(scores(history))) : history;
  }

  /** The scores of the trials that have one. */
  private static double[] scores(TrialHistory history) {
    return history.observations().stream().flatMapToDouble(one -> one.score().stream()).toArray();
  }

  private static double[] negated(double[] scores) {
    return Arrays.stream(scores).map(score -> -score).toArray();
  }

  /** The same trials with other scores of those that have one. */
  private static TrialHistory with(TrialHistory history, double[] scores) {
    PrimitiveIterator.OfDouble next = Arrays.stream(scores).iterator();
    return new TrialHistory(
        history.observations().stream()
            .map(one -> one.score().isEmpty() ? one : with(one, next.nextDouble()))
            .toList());
  }

  private static Observation with(Observation one, double score) {
    return new Observation(one.number(), one.architecture(), one.id(), OptionalDouble.of(score));
  }

  /** Normal scores, mixed with those of a task that has nothing to do with it. */
  private TrialHistory related(TrialHistory history, double relatedness, Seed seed) {
    List<Architecture> architectures =
        history.observations().stream()
            .filter(one -> one.score().isPresent())
            .map(Observation::architecture)
            .toList();
    double[] own = NormalScores.of(scores(history));
    double[] other = NormalScores.of(new UnrelatedTask(space, seed).values(architectures));
    double rest = Math.sqrt(1 - relatedness * relatedness);
    return with(
        history,
        IntStream.range(0, own.length)
            .mapToDouble(at -> relatedness * own[at] + rest * other[at])
            .toArray());
  }

  private TrialHistory draw(Given given, Seed seed) {
    SweepTask task = given.task;
    List<Integer> rows = table.rows(task);
    double[] column = table.scores(task);
    int[] drawn =
        RandomOrder.of(rows.size(), seed.child("draw").generator()).stream()
            .limit(given.points)
            .mapToInt(rows::get)
            .toArray();
    double[] scores = new double[drawn.length];
    for (int i = 0; i < drawn.length; i++) {
      scores[i] = column[drawn[i]];
    }
    double[] told = given.guardCase.disturb(scores, seed.child("guard-case").generator());
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
