package org.xfernas.search.transfer.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.xfernas.search.Seed;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Adam;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Policy gradient (REINFORCE, Williams 1992) with the recurrent controller of NASNet. The universal
 * part is trained on the sources, once ({@link UniversalNetwork}), and its logits are weighted by
 * the trust in them. The residual part is trained on the target's trials, one step each, in the
 * order of their numbers, as it is without sources: where these are not trusted, the policy is the
 * plain one.
 *
 * <p>The reward of a trial is the normal score of its rank among the trials up to it, so that
 * neither the scale of the metric nor outliers matter; the baseline is a moving average of the
 * rewards. Failed trials are not learnt from.
 */
public final class ReinforceTrainer implements PolicyTrainer {
  private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution();

  /** Of what depends on the sources alone, so that all searches can share it. */
  private static final Seed SHARED = new Seed(0).child("policy");

  private final SearchSpace space;
  private final Decisions decisions;
  private final LstmNetwork network;
  private final Settings settings;

  private final KnowledgeCache cache;

  /** What the last fit learnt: saves learning it again. */
  private Learner learner;

  /**
   * Sizes of the algorithm.
   *
   * @param hidden units of the LSTM
   * @param rate learning rate of Adam
   * @param decay of the moving average that is the baseline
   * @param entropyBonus weight of the entropy in the objective
   */
  public record Settings(int hidden, double rate, double decay, double entropyBonus) {
    /** NASNet's sizes, with a rate for hundreds of trials where it had twenty thousand. */
    public static final Settings DEFAULT = new Settings(100, 0.005, 0.95, 1e-5);
  }

  /**
   * A trainer.
   *
   * @param space of the architectures
   * @param settings sizes
   * @param cache of what is learnt from sources
   */
  public ReinforceTrainer(SearchSpace space, Settings settings, KnowledgeCache cache) {
    this.space = space;
    this.decisions = Decisions.of(space);
    this.network = new LstmNetwork(decisions, settings.hidden());
    this.settings = settings;
    this.cache = cache;
  }

  @Override
  public Policy fit(SourceKnowledge knowledge, double trust, TrialHistory history, Seed seed) {
    List<Observation> trials =
        history.observations().stream()
            .filter(one -> Double.isFinite(one.score().orElse(Double.NaN)))
            .toList();
    if (learner == null || !learner.startsLike(trials, seed)) {
      learner = new Learner(seed);
    }
    trials.subList(learner.trials.size(), trials.size()).forEach(learner::learn);
    return new TransferPolicy(
        decisions, network, universal(knowledge), trust, learner.residual.clone());
  }

  private Optional<double[]> universal(SourceKnowledge knowledge) {
    return knowledge.isEmpty()
        ? Optional.empty()
        : Optional.of(
            cache.get(
                List.of(space, knowledge, settings),
                double[].class,
                () -> UniversalNetwork.train(decisions, network, knowledge, SHARED)));
  }

  /** The residual part while it goes through the trials. */
  private final class Learner {
    private final Seed seed;
    private final List<Observation> trials = new ArrayList<>();
    private final double[] residual;
    private final double[] gradient;
    private final Adam adam;
    private double baseline;

    Learner(Seed seed) {
      this.seed = seed;
      this.residual = network.initial(seed.child("residual").generator());
      this.gradient = new double[residual.length];
      this.adam = new Adam(settings.rate(), residual.length);
    }

    boolean startsLike(List<Observation> others, Seed other) {
      return seed.equals(other)
          && trials.size() <= others.size()
          && others.subList(0, trials.size()).equals(trials);
    }

    void learn(Observation trial) {
      trials.add(trial);
      double reward =
          normalScoreOfLast(
              trials.stream().mapToDouble(one -> one.score().getAsDouble()).toArray());
      TransferPolicy.plain(decisions, network, residual)
          .addGradient(trial.architecture(), reward - baseline, settings.entropyBonus(), gradient);
      adam.ascend(residual, gradient);
      baseline = settings.decay() * baseline + (1 - settings.decay()) * reward;
    }

    /** Its rank's, where equal scores share their mean rank. */
    private static double normalScoreOfLast(double[] scores) {
      double last = scores[scores.length - 1];
      double below = 0;
      for (double score : scores) {
        below += score < last ? 1 : score == last ? 0.5 : 0;
      }
      return STANDARD_NORMAL.inverseCumulativeProbability(below / scores.length);
    }
  }
}
