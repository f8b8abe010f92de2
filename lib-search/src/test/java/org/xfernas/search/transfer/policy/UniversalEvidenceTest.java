package org.xfernas.search.transfer.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class UniversalEvidenceTest {
  private static final double[] LIKELIHOODS = {-1, -2, -5, -3};

  private static UniversalEvidence evidence(double[] logLikelihoods, double[] scores) {
    UniversalEvidence evidence = UniversalEvidence.NONE;
    for (int result = 0; result < scores.length; result++) {
      evidence = evidence.and(logLikelihoods, scores);
    }
    return evidence;
  }

  @Test
  void withoutResultsTheUniversalPartCountsInFull() {
    assertThat(evidence(new double[0], new double[0]).weight()).isEqualTo(1);
    assertThat(evidence(new double[] {-4}, new double[] {7}).weight()).isEqualTo(1);
  }

  @Test
  void agreementKeepsItAndReversalTakesItAway() {
    assertThat(evidence(LIKELIHOODS, new double[] {9, 8, 1, 4}).weight()).isEqualTo(1);
    assertThat(evidence(LIKELIHOODS, new double[] {1, 4, 9, 8}).weight()).isEqualTo(0);
  }

  /**
   * Differences of the six pairs are 1, 4, 2, 3, 1, 2, of which the last pair, 2, disagrees: 9/13.
   * Kendall's correlation of four unrelated ones has variance 26/108, the prior has 1/4 around 1/2.
   */
  @Test
  void pairsCountByTheDifferenceOfTheirLikelihoods() {
    UniversalEvidence evidence = evidence(LIKELIHOODS, new double[] {9, 8, 4, 1});
    double precision = 108.0 / 26;

    assertThat(evidence.agreement())
        .isCloseTo((4 * 0.5 + precision * 9 / 13) / (4 + precision), within(1e-12));
    assertThat(evidence.uncertainty()).isCloseTo(1 / Math.sqrt(4 + precision), within(1e-12));
  }

  @Test
  void becomesSurerWithMoreResults() {
    double few = evidence(LIKELIHOODS, new double[] {9, 8, 1, 4}).uncertainty();
    double more =
        evidence(new double[] {-1, -2, -5, -3, -4}, new double[] {9, 8, 1, 4, 2}).uncertainty();

    assertThat(more).isLessThan(few);
  }
}
