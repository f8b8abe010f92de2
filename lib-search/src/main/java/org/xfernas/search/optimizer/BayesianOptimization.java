package org.xfernas.search.optimizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.CandidatePool.Pool;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Bayesian optimization: the candidate of a {@link CandidatePool} with the greatest expected
 * improvement (Jones, Schonlau and Welch 1998) over the greatest expected score among those known.
 * Pending proposals count as finished with the score that is expected of them; failed trials are
 * known and not learnt from.
 *
 * <p>Without sources the first proposals are random draws. With sources the first three are what
 * they expect most of, and the fourth is a probe: a candidate of which they expect a middling
 * score, so that sources which mislead are found out. Where the sources disagree with one another,
 * the target may well disagree with them, and the probe is the second proposal. While the target
 * follows its sources less than not, what is left of the random draws is made first.
 */
public final class BayesianOptimization implements Optimizer {
  private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution();

  /** Results, all of candidates that the sources expect much of, after which comes the probe. */
  private static final int BEFORE_PROBE = 3;

  /** The same where the sources disagree. */
  private static final int BEFORE_EARLY_PROBE = 1;

  /** Agreement between the sources below which they disagree. */
  private static final double HALF = 0.5;

  /** Share of the candidates, around the median expectation, of which one is the probe. */
  private static final double MIDDLING = 0.02;

  /** Of each source, its best so many are looked at as centres of a pool. */
  private static final int BEST_OF_SOURCE = 5;

  /** Known architectures that are predicted at a time. */
  private static final int FEW = 500;

  private final String name;
  private final SearchSpace space;
  private final SurrogateTrainer trainer;
  private final SourceKnowledge knowledge;
  private final Settings settings;
  private final Deduplication deduplication;
  private final Seed seed;
  private final CandidatePool pool;
  private final List<Architecture> bestOfSources;
  private final FurtherCandidates further;

  /** Makes candidates of what is known, beside those of the pool. */
  @FunctionalInterface
  interface FurtherCandidates {
    /** None. */
    FurtherCandidates NONE = (surrogate, promising) -> List.of();

    /** The candidates, perhaps known; {@code promising} are the best known, the best first. */
    List<Architecture> of(Surrogate surrogate, List<Architecture> promising);
  }

  /**
   * How a search begins.
   *
   * @param initialDraws random draws before the model decides, where it knows no more than they
   *     tell
   * @param probe whether the fourth proposal is a probe, or the second where the sources disagree
   */
  public record Settings(int initialDraws, boolean probe) {
    /** Four draws and a probe. */
    public static final Settings DEFAULT = new Settings(4, true);

    /** Four draws. */
    public static final Settings UNPROBED = new Settings(4, false);
  }

  /**
   * A Bayesian optimization.
   *
   * @param name of the optimizer
   * @param space to search in
   * @param trainer of the surrogate
   * @param knowledge of the source tasks
   * @param settings how it begins
   * @param deduplication which candidates count as known
   * @param seed of draws, pools and the probe
   */
  public BayesianOptimization(
      String name,
      SearchSpace space,
      SurrogateTrainer trainer,
      SourceKnowledge knowledge,
      Settings settings,
      Deduplication deduplication,
      Seed seed) {
    this(name, space, trainer, knowledge, settings, FurtherCandidates.NONE, deduplication, seed);
  }

  /** The same with further candidates. */
  BayesianOptimization(
      String name,
      SearchSpace space,
      SurrogateTrainer trainer,
      SourceKnowledge knowledge,
      Settings settings,
      FurtherCandidates further,
      Deduplication deduplication,
      Seed seed) {
    this.name = name;
    this.further = further;
    this.space = space;
    this.trainer = trainer;
    this.knowledge = knowledge;
    this.settings = settings;
    this.deduplication = deduplication;
    this.seed = seed;
    this.pool = new CandidatePool(space, deduplication, seed);
    this.bestOfSources =
        knowledge.tasks().stream()
            .flatMap(task -> best(task.history()).limit(BEST_OF_SOURCE))
            .distinct()
            .toList();
  }

  private static Stream<Architecture> best(TrialHistory history) {
    return history.observations().stream()
        .filter(one -> one.score().isPresent())
        .sorted(Comparator.comparingDouble(one -> -one.score().getAsDouble()))
        .map(Observation::architecture);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Candidates candidates = new Candidates(space, deduplication, seed, completed, pending);
    Belief belief = new Belief(completed);
    belief.await(pending.stream().map(Proposal::architecture).toList());
    while (candidates.suggested() < count && suggest(candidates, belief)) {
      belief.await(List.of(candidates.lastSuggested()));
    }
    return candidates.suggestions();
  }

  private boolean suggest(Candidates candidates, Belief belief) {
    Surrogate surrogate = belief.surrogate();
    if (belief.size() < settings.initialDraws() && !trusted(surrogate)) {
      return candidates.suggestDraw("random start", Optional.of(surrogate));
    }
    List<Architecture> promising = promising(belief, surrogate);
    Pool offered = pool.of(promising, candidates.made());
    if (!pool.isWholeSpace()) {
      offered = pool.with(further.of(surrogate, promising), offered);
    }
    int[] fresh = offered.fresh(candidates);
    if (fresh.length == 0) {
      return candidates.suggestDraw("random draw", Optional.of(surrogate));
    }
    List<Prediction> predictions = surrogate.predict(offered.architectures());
    boolean probing =
        settings.probe() && trusted(surrogate) && belief.size() == beforeProbe(surrogate);
    int chosen =
        probing
            ? middling(fresh, predictions, candidates.made())
            : mostPromising(fresh, predictions, belief.best(surrogate));
    String reason = probing ? "probe of the sources" : "expected improvement";
    candidates.suggest(
        new Suggestion(
            offered.architectures().get(chosen),
            new Explanation(
                reason,
                Optional.of(predictions.get(chosen)),
                surrogate.shares(),
                Optional.empty())));
    return true;
  }

  private static int beforeProbe(Surrogate surrogate) {
    return surrogate.sourceAgreement() < HALF ? BEFORE_EARLY_PROBE : BEFORE_PROBE;
  }

  /** Whether there are sources and the target follows them more than not. */
  private static boolean trusted(Surrogate surrogate) {
    return surrogate.shares().filter(shares -> shares.universal() >= shares.residual()).isPresent();
  }

  /** Known architectures and the best ones of the sources, the most promising first. */
  private List<Architecture> promising(Belief belief, Surrogate surrogate) {
    if (pool.isWholeSpace()) {
      return List.of();
    }
    List<Architecture> known =
        Stream.concat(
                belief.successes.stream().map(Observation::architecture), bestOfSources.stream())
            .distinct()
            .toList();
    List<Prediction> predictions = predictedOfKnown(surrogate, known);
    return IntStream.range(0, known.size())
        .boxed()
        .sorted(Comparator.comparingDouble(index -> -predictions.get(index).mean()))
        .map(known::get)
        .toList();
  }

  /**
   * Few at a time: surrogates remember the features of a long list, which is to be that of the
   * candidates.
   */
  private static List<Prediction> predictedOfKnown(Surrogate surrogate, List<Architecture> known) {
    List<Prediction> predictions = new ArrayList<>();
    for (int from = 0; from < known.size(); from += FEW) {
      predictions.addAll(
          surrogate.predict(known.subList(from, Math.min(known.size(), from + FEW))));
    }
    return predictions;
  }

  /** One of those whose expected score is about the median. */
  private int middling(int[] fresh, List<Prediction> predictions, int made) {
    List<Integer> ascending =
        IntStream.of(fresh)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> predictions.get(index).mean()))
            .toList();
    int width = (int) Math.ceil(MIDDLING * ascending.size());
    RandomGenerator random = seed.child("probe", made).generator();
    return ascending.get((ascending.size() - width) / 2 + random.nextInt(width));
  }

  /** The one with the greatest expected improvement; before any success, with the greatest mean. */
  private static int mostPromising(int[] fresh, List<Prediction> predictions, OptionalDouble best) {
    int chosen = fresh[0];
    double most = Double.NEGATIVE_INFINITY;
    for (int index : fresh) {
      Prediction prediction = predictions.get(index);
      double promise =
          best.isPresent()
              ? expectedImprovement(prediction, best.getAsDouble())
              : prediction.mean();
      if (promise > most) {
        chosen = index;
        most = promise;
      }
    }
    return chosen;
  }

  private static double expectedImprovement(Prediction prediction, double best) {
    double gain = prediction.mean() - best;
    double deviation = prediction.standardDeviation();
    if (deviation <= 0) {
      return Math.max(0, gain);
    }
    double standard = gain / deviation;
    return gain * STANDARD_NORMAL.cumulativeProbability(standard)
        + deviation * STANDARD_NORMAL.density(standard);
  }

  /** What counts as known while proposals are pending. */
  private final class Belief {
    private final List<Observation> successes = new ArrayList<>();
    private Optional<Surrogate> fitted = Optional.empty();

    Belief(TrialHistory completed) {
      completed.observations().stream()
          .filter(one -> Double.isFinite(one.score().orElse(Double.NaN)))
          .forEach(successes::add);
    }

    int size() {
      return successes.size();
    }

    Surrogate surrogate() {
      if (fitted.isEmpty()) {
        fitted = Optional.of(trainer.fit(knowledge, new TrialHistory(successes), seed));
      }
      return fitted.get();
    }

    /** Adds architectures with the score that is expected of each. */
    void await(List<Architecture> pending) {
      if (pending.isEmpty()) {
        return;
      }
      List<Prediction> predictions = surrogate().predict(pending);
      for (int at = 0; at < pending.size(); at++) {
        Architecture architecture = pending.get(at);
        OptionalDouble score = OptionalDouble.of(predictions.get(at).mean());
        int number = 1 + successes.stream().mapToInt(Observation::number).max().orElse(0);
        successes.add(new Observation(number, architecture, space.id(architecture), score));
      }
      fitted = Optional.empty();
    }

    /** The greatest expected score of those known. */
    OptionalDouble best(Surrogate surrogate) {
      return predictedOfKnown(surrogate, successes.stream().map(Observation::architecture).toList())
          .stream()
          .mapToDouble(Prediction::mean)
          .max();
    }
  }
}
