package org.xfernas.search.transfer;

import org.hipparchus.stat.StatUtils;

/**
 * The hypothesis that scores follow nothing: independent draws from a normal distribution, of which
 * mean and variance are those of the scores themselves. What was chosen by its score has another
 * mean than all, and would seem to follow something where the mean were given.
 */
record IndependentScores(double mean, double variance) {
  private static final double LEAST_VARIANCE = 1e-6;

  static IndependentScores of(double[] scores) {
    double mean = scores.length == 0 ? 0 : StatUtils.mean(scores);
    double variance = scores.length == 0 ? 1 : StatUtils.populationVariance(scores, mean);
    return new IndependentScores(mean, Math.max(LEAST_VARIANCE, variance));
  }

  double logDensity(double score) {
    double distance = score - mean;
    return -(Math.log(2 * Math.PI * variance) + distance * distance / variance) / 2;
  }

  double logDensity(double[] scores) {
    double sum = 0;
    for (double score : scores) {
      sum += logDensity(score);
    }
    return sum;
  }
}
