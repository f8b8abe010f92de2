package org.xfernas.search.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class NormalScoresTest {

  /** Quantiles of 0.1, 0.3, 0.5, 0.7, 0.9 from a table. */
  @Test
  void areQuantilesWhateverTheScaleAndTheOutliers() {
    assertThat(NormalScores.of(new double[] {3, -1e9, 1, 2e12, 2}))
        .containsExactly(
            new double[] {0.524400513, -1.281551566, -0.524400513, 1.281551566, 0}, within(1e-8));
  }

  @Test
  void areSharedByEqualValues() {
    assertThat(NormalScores.of(new double[] {7, 7, 7, 7}))
        .containsExactly(new double[4], within(1e-12));
  }

  @Test
  void areNoneOfNothing() {
    assertThat(NormalScores.of(new double[0])).isEmpty();
  }
}
