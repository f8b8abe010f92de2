package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.hipparchus.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

class PairedTestTest {

  /**
   * Sizes 1 to 4, of which that of 1 alone is positive: 2 of the 16 choices of signs are as low.
   */
  @Test
  void differencesThatAreMostlyLowerAreUnlikely() {
    assertThat(PairedTest.lower(new double[] {-2, -4, 1, -3})).isEqualTo(2 / 16.0);
  }

  /** Sizes 1.5, 1.5 and 3: the sums of the negative ones are at least 4.5 in 3 of 8 choices. */
  @Test
  void equalSizesShareTheirRanksAndZerosDoNotCount() {
    assertThat(PairedTest.lower(new double[] {-1, 1, 0, -5})).isEqualTo(3 / 8.0);
    assertThat(PairedTest.lower(new double[] {0, 0})).isEqualTo(1);
  }

  @Test
  void agreesWithTheTwoSidedTestOfALibrary() {
    double[] first = {3.1, 4.7, 2.2, 8.9, 5.0, 6.1, 7.7, 1.3, 9.4, 2.9};
    double[] second = {3.9, 5.2, 2.0, 11.1, 6.7, 6.0, 9.0, 2.6, 12.3, 3.3};
    double[] differences = new double[first.length];
    for (int i = 0; i < first.length; i++) {
      differences[i] = first[i] - second[i];
    }
    double twoSided = new WilcoxonSignedRankTest().wilcoxonSignedRankTest(first, second, true);
    assertThat(2 * PairedTest.lower(differences)).isCloseTo(twoSided, within(1e-12));
  }

  /** By hand: 3 x 0.01, then 2 x 0.02, then the larger of that and 0.03. */
  @Test
  void holmMultipliesTheLowestMost() {
    assertThat(PairedTest.holm(List.of(0.02, 0.03, 0.01))).containsExactly(0.04, 0.04, 0.03);
    assertThat(PairedTest.holm(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
  }
}
