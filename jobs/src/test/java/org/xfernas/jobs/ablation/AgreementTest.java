package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.table.SweepsTable.Measures;

class AgreementTest {
  private static final RegretScale SCALE = new RegretScale(10, 6);

  private static Measures measures(double[] predicted, double[] truth) {
    return new Agreement(predicted, truth).measures("accuracy", SCALE, 0.5);
  }

  /**
   * By hand: the products of the deviations sum to 3, their squares to 5 and 5; the ranks are the
   * values, and one of the six pairs is in the other order.
   */
  @Test
  void correlationsAreThoseByHand() {
    Measures measures = measures(new double[] {1, 3, 2, 4}, new double[] {1, 2, 3, 4});
    assertThat(measures.pearson()).isCloseTo(0.8, within(1e-12));
    assertThat(measures.spearman()).isCloseTo(0.8, within(1e-12));
    assertThat(measures.kendall()).isCloseTo(4 / 6.0, within(1e-12));
    assertThat(measures.metric()).isEqualTo("accuracy");
    assertThat(measures.fitSeconds()).isEqualTo(0.5);
  }

  /** Deviations of the predictions -24, -23, -20, 67, of the truth -1.5, -0.5, 0.5, 1.5. */
  @Test
  void ranksAreLeftAsTheyAreByAnyRisingScaleAndPearsonIsNot() {
    Measures measures = measures(new double[] {1, 2, 5, 92}, new double[] {1, 2, 3, 4});
    assertThat(measures.spearman()).isCloseTo(1, within(1e-12));
    assertThat(measures.kendall()).isCloseTo(1, within(1e-12));
    assertThat(measures.pearson())
        .isCloseTo(138 / Math.sqrt(5 * (576 + 529 + 400 + 4489)), within(1e-12));
  }

  @Test
  void aConstantPredictionHasNoCorrelationAndTheRegretOfAnyChoice() {
    Measures measures = measures(new double[] {7, 7, 7, 7}, new double[] {2, 6, 8, 10});
    assertThat(measures.pearson()).isNaN();
    assertThat(measures.spearman()).isNaN();
    assertThat(measures.kendall()).isNaN();
    assertThat(measures.spearmanTopTenth()).isNaN();
    assertThat(measures.regretOfBest()).isCloseTo((200 + 100 + 50 + 0) / 4.0, within(1e-12));
  }

  @Test
  void theRegretIsThatOfWhatIsPredictedBest() {
    assertThat(measures(new double[] {1, 3, 2}, new double[] {10, 7, 2}).regretOfBest())
        .isCloseTo(75, within(1e-12));
  }

  /** Forty values, of which the best four are predicted in reverse, and all others right. */
  @Test
  void theBestTenthIsThatOfTheTruth() {
    double[] truth = IntStream.range(0, 40).mapToDouble(i -> i).toArray();
    double[] predicted = truth.clone();
    for (int i = 36; i < 40; i++) {
      predicted[i] = 75 - i;
    }
    Measures measures = measures(predicted, truth);
    assertThat(measures.spearmanTopTenth()).isCloseTo(-1, within(1e-12));
    assertThat(measures.spearman()).isGreaterThan(0.99);
  }
}
