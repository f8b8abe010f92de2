package org.xfernas.search.surrogate;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.distribution.continuous.NormalDistribution;
import org.hipparchus.stat.descriptive.rank.Median;
import org.hipparchus.stat.ranking.NaturalRanking;

/**
 * Normal scores of values: the quantiles of a standard normal distribution at their ranks, (rank -
 * 1/2) / n, where equal values share their mean rank. Neither scale nor outliers survive it.
 */
public final class NormalScores {
  private static final NormalDistribution STANDARD = new NormalDistribution();

  /** Share of the values, on either side of one, by which it is seen how close they lie. */
  private static final double NEAR = 0.2;

  private static final int FEWEST_NEAR = 2;

  /** Limit of how much more, and less, noise a score has than the median one. */
  private static final double MOST_NOISE = 10;

  private NormalScores() {}

  /** The score of each value; values are finite. */
  public static double[] of(double[] values) {
    double[] ranks = values.length == 0 ? values : new NaturalRanking().rank(values);
    return Arrays.stream(ranks)
        .map(rank -> STANDARD.inverseCumulativeProbability((rank - 0.5) / values.length))
        .toArray();
  }

  /**
   * How noisy the scores are if all values are equally noisy: where values lie close, little noise
   * moves a score far (the delta method). By it the best of a task, which differ by less than their
   * noise, are not told apart as finely as their scores.
   *
   * @param values as in {@link #of}
   * @return the variance of each score's noise, in units of the median one, within a factor of 10
   */
  public static double[] noises(double[] values) {
    double[] scores = of(values);
    int[] ascending =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> values[index]))
            .mapToInt(index -> index)
            .toArray();
    int near = Math.max(FEWEST_NEAR, (int) (NEAR * values.length));
    double[] squares = new double[values.length];
    for (int at = 0; at < ascending.length; at++) {
      int below = ascending[Math.max(0, at - near)];
      int above = ascending[Math.min(ascending.length - 1, at + near)];
      double slope = (scores[above] - scores[below]) / (values[above] - values[below]);
      squares[ascending[at]] = slope * slope;
    }
    double[] known = Arrays.stream(squares).filter(square -> square > 0).toArray();
    double median = known.length == 0 ? 1 : new Median().evaluate(known);
    return Arrays.stream(squares)
        .map(square -> square / median)
        .map(noise -> noise > 0 ? Math.max(1 / MOST_NOISE, Math.min(MOST_NOISE, noise)) : 1)
        .toArray();
  }
}
