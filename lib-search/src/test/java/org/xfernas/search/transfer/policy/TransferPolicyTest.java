package org.xfernas.search.transfer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;

class TransferPolicyTest {
  private static final SearchSpace TINY =
      new EdgeCellSpace(3, List.of("none", "skip_connect", "nor_conv_3x3"));
  private static final Decisions DECISIONS = Decisions.of(TINY);
  private static final LstmNetwork NETWORK = new LstmNetwork(DECISIONS, 4);

  private static double[] parameters(int seed) {
    RandomGenerator random = new Seed(seed).generator();
    double[] parameters = NETWORK.initial(random);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += random.nextGaussian();
    }
    return parameters;
  }

  private static TransferPolicy policy(double weight) {
    return new TransferPolicy(
        DECISIONS, NETWORK, Optional.of(parameters(1)), weight, parameters(2));
  }

  @Test
  void isADistributionFromWhichItDraws() {
    TransferPolicy policy = policy(0.5);
    List<Architecture> all = TINY.all().toList();
    double[] expected =
        all.stream().mapToDouble(one -> Math.exp(policy.logLikelihood(one))).toArray();
    double sum = 0;
    for (double probability : expected) {
      sum += probability;
    }
    assertThat(sum).isCloseTo(1, within(1e-12));

    RandomGenerator random = new Seed(3).generator();
    long[] counts = new long[all.size()];
    for (int draw = 0; draw < 20_000; draw++) {
      counts[all.indexOf(policy.sample(random))]++;
    }
    assertThat(new ChiSquareTest().chiSquareTest(expected, counts)).isGreaterThan(0.001);
  }

  /** Of one decision: log p is, up to its normalisation, linear in the weighted logits. */
  @Test
  void addsTheWeightedUniversalLogitsToTheResidualOnes() {
    TransferPolicy.Pass none = policy(0).new Pass();
    TransferPolicy.Pass half = policy(0.5).new Pass();
    double[] own = NETWORK.pass(parameters(2)).next(0);
    double[] universal = NETWORK.pass(parameters(1)).next(0);
    double[] without = none.next(0);
    double[] with = half.next(0);

    assertThat(Math.log(without[1] / without[0])).isCloseTo(own[1] - own[0], within(1e-9));
    assertThat(Math.log(with[1] / with[0]))
        .isCloseTo(own[1] - own[0] + 0.5 * (universal[1] - universal[0]), within(1e-9));
  }

  @Test
  void itsGradientIsThatOfDifferences() {
    Architecture architecture = TINY.decode(new int[] {2, 0, 1});
    double[] residual = parameters(2);
    double[] gradient = new double[residual.length];
    double advantage = 1.7;
    policy(0.5).addGradient(architecture, advantage, 0, gradient);

    double step = 1e-5;
    for (int i = 0; i < residual.length; i++) {
      assertThat(gradient[i])
          .isCloseTo(
              advantage
                  * (shifted(i, step).logLikelihood(architecture)
                      - shifted(i, -step).logLikelihood(architecture))
                  / (2 * step),
              within(1e-7));
    }
  }

  private static TransferPolicy shifted(int parameter, double step) {
    double[] residual = parameters(2);
    residual[parameter] += step;
    return new TransferPolicy(DECISIONS, NETWORK, Optional.of(parameters(1)), 0.5, residual);
  }

  @Test
  void theEntropyBonusHasTheGradientOfTheEntropy() {
    double[] logits = {0.3, -1, 0.8};
    double[] gradient = Logits.gradient(Logits.softmax(logits), 1, 0, 2);

    double step = 1e-5;
    for (int i = 0; i < logits.length; i++) {
      double[] above = logits.clone();
      above[i] += step;
      double[] below = logits.clone();
      below[i] -= step;
      assertThat(gradient[i])
          .isCloseTo(2 * (entropy(above) - entropy(below)) / (2 * step), within(1e-7));
    }
  }

  private static double entropy(double[] logits) {
    double entropy = 0;
    for (double probability : Logits.softmax(logits)) {
      entropy -= probability * Math.log(probability);
    }
    return entropy;
  }
}
