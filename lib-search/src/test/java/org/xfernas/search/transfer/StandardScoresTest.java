package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StandardScoresTest {
  private static final double[] RESULTS = {90, 94, 93.5, 10, 93, 60};

  @Test
  void everyScaleHasAMeanOfZeroADeviationOfOneAndTheSameOrder() {
    for (StandardScores scores : StandardScores.scales(RESULTS)) {
      assertThat(Arrays.stream(scores.values()).average().orElseThrow()).isCloseTo(0, within(1e-9));
      assertThat(Hypotheses.deviation(scores.values())).isCloseTo(1, within(1e-9));
      assertThat(RankAgreement.of(scores.values(), RESULTS).coefficient()).isEqualTo(1);
    }
  }

  /** By moving one result, so little that neither mean nor deviation change much. */
  @Test
  void derivativesTellHowMuchAScaleStretches() {
    for (StandardScores scores : StandardScores.scales(RESULTS)) {
      double apart = scores.values()[2] - scores.values()[4];
      double slope =
          (Math.exp(scores.logDerivatives()[2]) + Math.exp(scores.logDerivatives()[4])) / 2;

      assertThat(apart / 0.5).isCloseTo(slope, within(0.05 * slope));
    }
  }

  @Test
  void aWarpedScalePullsInWhatTrailsOff() {
    List<StandardScores> scales = StandardScores.scales(RESULTS);

    assertThat(scales.get(scales.size() - 1).values()[3]).isGreaterThan(scales.get(0).values()[3]);
  }

  @Test
  void equalResultsAndFewOnesHaveNoScaleButTheirOrder() {
    assertThat(StandardScores.scales(new double[] {3, 3, 3, 3})).hasSize(1);
    assertThat(StandardScores.scales(new double[] {1, 2})).hasSize(1);
    assertThat(StandardScores.scales(new double[0])).hasSize(1);
  }

  @Test
  void aResultFarOffLeavesTheOthersApart() {
    StandardScores warped = StandardScores.scales(new double[] {1, 2, 3, 4, -1e9}).get(4);

    assertThat(warped.values()[3] - warped.values()[0]).isGreaterThan(0.1);
  }

  @Test
  void resultsWhoseSquaresAreNoNumbersHaveTheirOrder() {
    for (double scale : new double[] {1e200, 1e-310}) {
      assertThat(StandardScores.scales(new double[] {scale, 3 * scale, 2 * scale, 5 * scale}))
          .hasSize(1);
    }
  }
}
