package org.xfernas.search.transfer.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.xfernas.search.Seed;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Adam;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Policy gradient (REINFORCE, Williams 1992) with the recurrent controller of NASNet. The residual
 * part is trained on the target's trials, one step each, in the order of their numbers; the
 * universal part on the sources, once ({@link UniversalNetwork}); a guard weighs the universal
 * logits ({@link UniversalEvidence}).
 *
 * <p>The reward of a trial is the normal score of its rank among the trials up to it, so that
 * neither the scale of the metric nor outliers matter; the baseline is a moving average of the
 * rewards. Failed trials are not learnt from.
 */
public final class ReinforceTrainer implements PolicyTrainer {
  private static final NormalDistribution STANDARD_NORMAL = new NormalDistribution();

  private final Decisions decisions;
  private final LstmNetwork network;
  private final Settings settings;

  /** What the last fit learnt: saves learning it again. */
  private Learner learner;

  private SourceKnowledge known;
  private Seed seeded;
  private Optional<double[]> universal;

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
   */
  public ReinforceTrainer(SearchSpace space, Settings settings) {
    this.decisions = Decisions.of(space);
    this.network = new LstmNetwork(decisions, settings.hidden());
    this.settings = settings;
  }

  @Override
  public Policy fit(SourceKnowledge knowledge, TrialHistory history, Seed seed) {
    if (!knowledge.equals(known) || !seed.equals(seeded)) {
      universal =
          knowledge.isEmpty()
              ? Optional.empty()
              : Optional.of(
                  UniversalNetwork.train(decisions, network, knowledge, seed.child("universal")));
      known = knowledge;
      seeded = seed;
      learner = new Learner();
    }
    List<Observation> successes =
        history.observations().stream().filter(one -> one.score().isPresent()).toList();
    if (!learner.startsLike(successes)) {
      learner = new Learner();
    }
    successes.subList(learner.trials.size(), successes.size()).forEach(learner::learn);
    return learner.policy(learner.residual.clone());
  }

  /** The residual part while it goes through the trials. */
  private final class Learner {
    private final List<Observation> trials = new ArrayList<>();
    private final List<Double> logLikelihoods = new ArrayList<>();
    private final double[] residual = network.initial(seeded.child("residual").generator());
    private final double[] gradient = new double[residual.length];
    private final Adam adam = new Adam(settings.rate(), residual.length);
    private UniversalEvidence evidence = UniversalEvidence.NONE;
    private double baseline;

    boolean startsLike(List<Observation> others) {
      return trials.size() <= others.size() && others.subList(0, trials.size()).equals(trials);
    }

    void learn(Observation trial) {
      trials.add(trial);
      double[] scores = trials.stream().mapToDouble(one -> one.score().getAsDouble()).toArray();
      if (universal.isPresent()) {
        logLikelihoods.add(alone(universal.get()).logLikelihood(trial.architecture()));
        evidence =
            evidence.and(
                logLikelihoods.stream().mapToDouble(Double::doubleValue).toArray(), scores);
      }
      double reward = normalScoreOfLast(scores);
      policy(residual)
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

    private TransferPolicy alone(double[] parameters) {
      return new TransferPolicy(
          decisions, network, Optional.empty(), 0, parameters, Optional.empty());
    }

    TransferPolicy policy(double[] own) {
      return new TransferPolicy(decisions, network, universal, evidence.weight(), own, shares());
    }

    /** Sources are trained on together, so that they have one similarity and equal weights. */
    private Optional<TransferShares> shares() {
      double weight = evidence.weight();
      return universal.map(
          parameters ->
              new TransferShares(
                  weight,
                  1 - weight,
                  known.tasks().stream()
                      .map(
                          source ->
                              new Source(
                                  source.task(),
                                  evidence.agreement(),
                                  evidence.uncertainty(),
                                  1.0 / known.tasks().size()))
                      .toList()));
    }
  }
}
