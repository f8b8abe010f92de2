package org.xfernas.search.optimizer;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * What a search without a model of its own takes to learn from sources: before a candidate is
 * evaluated, a surrogate that was fitted to the sources and to the target's results chooses it
 * among several. The guard against sources that mislead is the surrogate's.
 */
public final class Screen {
  /** Lets everything pass: a search with it is the unmodified one. */
  public static final Screen NONE =
      new Screen(Optional.empty(), SourceKnowledge.EMPTY, new Seed(0));

  /** Architectures of the target and of the sources each that others are looked for around. */
  private static final int PROMISING = 5;

  private final Optional<SurrogateTrainer> trainer;
  private final SourceKnowledge knowledge;
  private final List<Architecture> bestOfSources;
  private final Seed seed;

  /** The last history and its surrogate: saves fitting it again. */
  private TrialHistory fittedTo;

  private Surrogate fitted;

  private Screen(Optional<SurrogateTrainer> trainer, SourceKnowledge knowledge, Seed seed) {
    this.trainer = trainer;
    this.knowledge = knowledge;
    this.bestOfSources =
        MeanRank.order(knowledge, Deduplication.TEXT).stream().limit(PROMISING).toList();
    this.seed = seed;
  }

  /**
   * The screen of a surrogate; {@link #NONE} where there is no source.
   *
   * @param trainer of the surrogate
   * @param knowledge of the sources
   * @param seed of the surrogate
   */
  public static Screen of(SurrogateTrainer trainer, SourceKnowledge knowledge, Seed seed) {
    return knowledge.isEmpty() ? NONE : new Screen(Optional.of(trainer), knowledge, seed);
  }

  /** The sources. */
  SourceKnowledge knowledge() {
    return knowledge;
  }

  /** The surrogate after these results; empty where everything passes. */
  Optional<Surrogate> fit(TrialHistory history) {
    if (trainer.isPresent() && !history.equals(fittedTo)) {
      fitted = trainer.get().fit(knowledge, history, seed);
      fittedTo = history;
    }
    return Optional.ofNullable(fitted);
  }

  /** The best of the target and those of the sources. */
  List<Architecture> promising(TrialHistory history) {
    Stream<Architecture> best = history.successes().limit(PROMISING).map(Observation::architecture);
    return Stream.concat(best, bestOfSources.stream()).distinct().toList();
  }

  /** The candidate with the best prediction, the first of equals. */
  static Suggestion best(
      Surrogate surrogate, List<Architecture> candidates, Function<Architecture, String> reason) {
    List<Prediction> predictions = surrogate.predict(candidates);
    int best = 0;
    for (int i = 1; i < predictions.size(); i++) {
      if (predictions.get(i).mean() > predictions.get(best).mean()) {
        best = i;
      }
    }
    return new Suggestion(
        candidates.get(best),
        new Explanation(
            reason.apply(candidates.get(best)),
            Optional.of(predictions.get(best)),
            surrogate.shares(),
            Optional.empty()));
  }
}
