package org.xfernas.jobs.ablation;

import java.util.Arrays;
import org.hipparchus.distribution.continuous.TDistribution;
import org.hipparchus.stat.StatUtils;

/**
 * The mean of some values with its 95 % interval by Student's t.
 *
 * @param mean of the values
 * @param low lower end; null where there are less than two values
 * @param high upper end
 */
record Interval(double mean, Double low, Double high) {
  private static final double UPPER = 0.975;

  /** Of at least one value. */
  static Interval of(double[] values) {
    double mean = Arrays.stream(values).average().orElseThrow();
    if (values.length < 2) {
      return new Interval(mean, null, null);
    }
    double half =
        new TDistribution(values.length - 1.0).inverseCumulativeProbability(UPPER)
            * Math.sqrt(StatUtils.variance(values) / values.length);
    return new Interval(mean, mean - half, mean + half);
  }
}
