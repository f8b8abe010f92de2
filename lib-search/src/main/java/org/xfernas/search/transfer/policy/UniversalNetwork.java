package org.xfernas.search.transfer.policy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.Adam;
import org.xfernas.search.surrogate.NormalScores;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Trains the universal part of a policy on the sources: maximum likelihood of their architectures,
 * each weighted by {@code exp(z / temperature)}, where z is the normal score of its rank on its
 * source; that is the policy of greatest expected normal score at that distance from uniform draws
 * (reward-weighted regression, Peters and Schaal, ICML 2007; (R)). All sources weigh the same.
 */
final class UniversalNetwork {
  private static final double TEMPERATURE = 0.4;
  private static final double RATE = 0.005;
  private static final int STEPS = 200;
  private static final int BATCH = 8;

  private UniversalNetwork() {}

  /** Its parameters. */
  static double[] train(
      Decisions decisions, LstmNetwork network, SourceKnowledge knowledge, Seed seed) {
    RandomGenerator random = seed.generator();
    double[] parameters = network.initial(random);
    List<Weighted> weighted = new ArrayList<>();
    for (SourceTask source : knowledge.tasks()) {
      weighted.addAll(weighted(source));
    }
    if (weighted.isEmpty()) {
      return parameters;
    }
    double[] cumulative = new double[weighted.size()];
    double sum = 0;
    for (int i = 0; i < cumulative.length; i++) {
      sum += weighted.get(i).weight();
      cumulative[i] = sum;
    }
    Adam adam = new Adam(RATE, parameters.length);
    double[] gradient = new double[parameters.length];
    for (int step = 0; step < STEPS; step++) {
      TransferPolicy policy = TransferPolicy.plain(decisions, network, parameters);
      for (int i = 0; i < BATCH; i++) {
        int drawn = Arrays.binarySearch(cumulative, random.nextDouble() * sum);
        int index = Math.min(drawn < 0 ? -drawn - 1 : drawn, cumulative.length - 1);
        policy.addGradient(weighted.get(index).architecture(), 1.0 / BATCH, 0, gradient);
      }
      adam.ascend(parameters, gradient);
    }
    return parameters;
  }

  private static List<Weighted> weighted(SourceTask source) {
    List<Observation> successes =
        source.history().observations().stream()
            .filter(one -> Double.isFinite(one.score().orElse(Double.NaN)))
            .toList();
    double[] scores = successes.stream().mapToDouble(one -> one.score().getAsDouble()).toArray();
    double[] normal = NormalScores.of(scores);
    double[] weights = new double[normal.length];
    double sum = 0;
    for (int i = 0; i < weights.length; i++) {
      weights[i] = StrictMath.exp(normal[i] / TEMPERATURE);
      sum += weights[i];
    }
    List<Weighted> weighted = new ArrayList<>();
    for (int i = 0; i < weights.length; i++) {
      weighted.add(new Weighted(successes.get(i).architecture(), weights[i] / sum));
    }
    return weighted;
  }

  private record Weighted(Architecture architecture, double weight) {}
}
