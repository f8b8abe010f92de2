package org.xfernas.search.transfer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.OutputRule;

class LstmNetworkTest {
  private static final Decisions DECISIONS =
      Decisions.of(
          new BlockCellSpace(
              1, List.of("identity", "sep_conv_3x3", "max_pool_3x3"), OutputRule.UNUSED));

  private final LstmNetwork network = new LstmNetwork(DECISIONS, 5);

  /** An arbitrary function of the logits of one row of choices. */
  private double value(double[] parameters, double[][] factors, int[] choices) {
    LstmNetwork.Pass pass = network.pass(parameters);
    double value = 0;
    for (int position = 0; position < choices.length; position++) {
      double[] logits = pass.next(position == 0 ? 0 : choices[position - 1]);
      for (int choice = 0; choice < logits.length; choice++) {
        value += factors[position][choice] * logits[choice];
      }
    }
    return value;
  }

  @Test
  void itsGradientIsThatOfDifferences() {
    var random = new Seed(1).generator();
    double[] parameters = network.initial(random);
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] += 0.3 * random.nextGaussian();
    }
    int[] choices = new int[DECISIONS.length()];
    double[][] factors = new double[choices.length][];
    for (int position = 0; position < choices.length; position++) {
      choices[position] = random.nextInt(DECISIONS.choices(position));
      factors[position] = random.doubles(DECISIONS.choices(position), -1, 1).toArray();
    }
    LstmNetwork.Pass pass = network.pass(parameters);
    for (int position = 0; position < choices.length; position++) {
      pass.next(position == 0 ? 0 : choices[position - 1]);
    }
    double[] gradient = new double[parameters.length];
    pass.backward(factors, gradient);

    double step = 1e-5;
    for (int i = 0; i < parameters.length; i++) {
      double kept = parameters[i];
      parameters[i] = kept + step;
      double above = value(parameters, factors, choices);
      parameters[i] = kept - step;
      double below = value(parameters, factors, choices);
      parameters[i] = kept;
      assertThat(gradient[i]).isCloseTo((above - below) / (2 * step), within(1e-7));
    }
    assertThat(DoubleStream.of(gradient).map(Math::abs).max().orElseThrow()).isGreaterThan(0.1);
  }

  @Test
  void allChoicesAreEquallyLikelyInTheBeginning() {
    LstmNetwork.Pass pass = network.pass(network.initial(new Seed(1).generator()));

    assertThat(pass.next(0)).containsOnly(0).hasSize(2);
    assertThat(pass.next(1)).containsOnly(0).hasSize(3);
  }
}
