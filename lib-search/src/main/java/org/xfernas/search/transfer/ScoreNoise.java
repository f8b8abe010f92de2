package org.xfernas.search.transfer;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import org.xfernas.search.surrogate.Cholesky;

/**
 * The noise of a task's scores around its process.
 *
 * @param typical variance: the median one, or what all scores together are worth
 * @param variances one per score
 * @param logFactor what the logarithm of the density of the scores under these variances lacks
 */
record ScoreNoise(double typical, double[] variances, double logFactor) {
  private static final int STEPS = 16;

  /** Of the steps, those in which the variance falls to where right scores are told from wrong. */
  private static final int FALLING = 6;

  private static final double FIRST_VARIANCE = 1;
  private static final double TELLING_VARIANCE = 0.1;
  private static final double LEAST_VARIANCE = 0.02;
  private static final double FIRST_RIGHT = 0.7;

  /** So that a score that is wrong keeps a finite variance. */
  private static final double LEAST_PROBABILITY = 1e-3;

  /** All scores equally noisy. */
  static ScoreNoise equal(int scores, double variance) {
    return new ScoreNoise(
        variance, DoubleStream.generate(() -> variance).limit(scores).toArray(), 0);
  }

  /** Each score as noisy as is relative to the median one. */
  static ScoreNoise relative(double[] relative, double median) {
    return new ScoreNoise(median, Arrays.stream(relative).map(each -> median * each).toArray(), 0);
  }

  /**
   * Some scores wrong altogether: each is right, and equally noisy, with one probability, and else
   * independent of its architecture. Which ones are wrong, how many, and the noise of the others
   * are found by a mean-field approximation of their posterior (Naish-Guzman and Holden, "Robust
   * Regression with Twinned Gaussian Processes", NIPS 2007, with a constant in the place of the
   * second process), in which a score that is right with probability p has 1 / p times the noise;
   * the density is the approximation's lower bound (R).
   *
   * @param kernel between the architectures of the scores, a lower triangle
   */
  static ScoreNoise partlyWrong(double[][] kernel, double[] scores) {
    IndependentScores wrong = IndependentScores.of(scores);
    double[] right = new double[scores.length];
    Arrays.fill(right, FIRST_RIGHT);
    double share = FIRST_RIGHT;
    double variance = FIRST_VARIANCE;
    for (int step = 0; step < STEPS; step++) {
      double[] variances = divided(variance, right);
      Cholesky factor = factor(kernel, variances);
      double[] surprises = factor.solve(scores);
      double[] precisions = factor.inverseDiagonal();
      double[] misses = new double[scores.length];
      for (int at = 0; at < misses.length; at++) {
        double miss = variances[at] * surprises[at];
        double open = variances[at] - variances[at] * variances[at] * precisions[at];
        misses[at] = miss * miss + Math.max(0, open);
        double odds =
            Math.log(share / (1 - share))
                - (Math.log(2 * Math.PI * variance) + misses[at] / variance) / 2
                - wrong.logDensity(scores[at]);
        right[at] = Math.max(LEAST_PROBABILITY, 1 / (1 + Math.exp(-odds)));
      }
      double sum = Arrays.stream(right).sum();
      if (step + 1 < FALLING) {
        variance = Math.pow(TELLING_VARIANCE / FIRST_VARIANCE, (step + 1.0) / (FALLING - 1));
      } else if (step + 1 < STEPS) {
        share = Math.min(1 - LEAST_PROBABILITY, sum / scores.length);
        double weighted = 0;
        for (int at = 0; at < misses.length; at++) {
          weighted += right[at] * misses[at];
        }
        variance = Math.max(LEAST_VARIANCE, weighted / sum);
      }
    }
    double[] variances = divided(variance, right);
    double logFactor = 0;
    for (int at = 0; at < scores.length; at++) {
      double p = right[at];
      logFactor +=
          (Math.log(2 * Math.PI * variances[at]) - p * Math.log(2 * Math.PI * variance)) / 2
              + p * Math.log(share / p);
      if (p < 1) {
        logFactor += (1 - p) * (Math.log((1 - share) / (1 - p)) + wrong.logDensity(scores[at]));
      }
    }
    return new ScoreNoise(
        variance * scores.length / Arrays.stream(right).sum(), variances, logFactor);
  }

  private static double[] divided(double variance, double[] probabilities) {
    return Arrays.stream(probabilities).map(probability -> variance / probability).toArray();
  }

  private static Cholesky factor(double[][] kernel, double[] variances) {
    double[][] covariance = new double[kernel.length][];
    for (int row = 0; row < covariance.length; row++) {
      covariance[row] = kernel[row].clone();
      covariance[row][row] += variances[row];
    }
    return Cholesky.of(covariance);
  }

  /** Logarithm of the density of the scores of architectures with this kernel. */
  double logDensity(double[][] kernel, double[] scores) {
    return logFactor + factor(kernel, variances).logDensity(scores);
  }
}
