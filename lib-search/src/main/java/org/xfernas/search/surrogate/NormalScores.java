package org.xfernas.search.surrogate;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * Normal scores of values: the quantiles of a standard normal distribution at their ranks, (rank -
 * 1/2) / n, where equal values share their mean rank. Neither scale nor outliers survive it.
 */
public final class NormalScores {
  private static final NormalDistribution STANDARD = new NormalDistribution();

  private NormalScores() {}

  /** The score of each value; values are finite. */
  public static double[] of(double[] values) {
    double[] ranks = values.length == 0 ? values : new NaturalRanking().rank(values);
    return Arrays.stream(ranks)
        .map(rank -> STANDARD.inverseCumulativeProbability((rank - 0.5) / values.length))
        .toArray();
  }
}
