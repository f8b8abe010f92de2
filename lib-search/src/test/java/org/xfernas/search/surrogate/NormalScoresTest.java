package org.xfernas.search.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

  /** From 90 to 91 in steps of 0.02, and from 10 to 90 in steps of 1.6. */
  @Test
  void areNoisierWhereValuesLieClose() {
    double[] values =
        IntStream.range(0, 100)
            .mapToDouble(at -> at < 50 ? 90 + 0.02 * at : 10 + 1.6 * (at - 50))
            .toArray();

    double[] noises = NormalScores.noises(values);

    assertThat(noises[35]).isGreaterThan(10 * noises[60]);
    assertThat(Arrays.stream(noises)).allMatch(noise -> noise >= 0.1 && noise <= 10);
    assertThat(NormalScores.noises(Arrays.stream(values).map(one -> 3 * one - 7).toArray()))
        .containsExactly(noises, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(strings = {"5", "7,7,7,7", "1,2", "1e300,-1e300,0"})
  void areAsNoisyAsEachOtherWhereNothingIsKnown(String values) {
    double[] few = Arrays.stream(values.split(",")).mapToDouble(Double::parseDouble).toArray();

    assertThat(NormalScores.noises(few)).containsOnly(1);
  }
}
