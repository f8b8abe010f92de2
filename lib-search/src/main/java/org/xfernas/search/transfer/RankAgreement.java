package org.xfernas.search.transfer;

import org.hipparchus.stat.correlation.KendallsCorrelation;

/**
 * Kendall's rank correlation (tau-b) of two rows of values.
 *
 * @param coefficient from -1 (reversed) to 1 (the same order); 0 where there is no order to compare
 * @param standardError of the coefficient where there is no agreement, sqrt(2 (2n + 5) / (9 n (n -
 *     1))); 1 for less than two values
 */
record RankAgreement(double coefficient, double standardError) {

  static RankAgreement of(double[] one, double[] other) {
    int size = one.length;
    if (size < 2) {
      return new RankAgreement(0, 1);
    }
    double tau = new KendallsCorrelation().correlation(one, other);
    double variance = 2.0 * (2 * size + 5) / (9.0 * size * (size - 1));
    return new RankAgreement(Double.isNaN(tau) ? 0 : tau, Math.sqrt(variance));
  }
}
