package org.xfernas.search.transfer;

import java.util.OptionalDouble;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TransferShares.Source;

/**
 * Kendall's rank correlation (tau-b) of two rows of values.
 *
 * @param coefficient from -1 (reversed) to 1 (the same order); 0 where there is no order to compare
 * @param standardError of the coefficient where there is no agreement, sqrt(2 (2n + 5) / (9 n (n -
 *     1))); 1 for less than two values
 */
record RankAgreement(double coefficient, double standardError) {
  /** Standard error of what is expected of two tasks by their descriptors (R). */
  private static final double EXPECTATION_ERROR = 0.4;

  /** Nothing was compared. */
  static final RankAgreement NONE = new RankAgreement(0, 1);

  static RankAgreement of(double[] one, double[] other) {
    int size = one.length;
    if (size < 2) {
      return NONE;
    }
    double tau = new KendallsCorrelation().correlation(one, other);
    double variance = 2.0 * (2 * size + 5) / (9.0 * size * (size - 1));
    return new RankAgreement(Double.isNaN(tau) ? 0 : tau, Math.sqrt(variance));
  }

  /**
   * This and what was expected before, weighted by their precisions: the expectation alone where
   * nothing was compared yet, and this alone where nothing was expected.
   */
  RankAgreement after(OptionalDouble expected) {
    if (expected.isEmpty()) {
      return this;
    }
    double prior = 1 / (EXPECTATION_ERROR * EXPECTATION_ERROR);
    double own = standardError < 1 ? 1 / (standardError * standardError) : 0;
    return new RankAgreement(
        (prior * expected.getAsDouble() + own * coefficient) / (prior + own),
        1 / Math.sqrt(prior + own));
  }

  /** What is published of a source of which this was found. */
  Source published(SourceTask source, double weight) {
    RankAgreement known = after(source.expectedSimilarity());
    return new Source(source.task(), known.coefficient, known.standardError, weight);
  }
}
