package org.xfernas.search.transfer;

import java.util.Arrays;
import org.xfernas.search.surrogate.Cholesky;
import org.xfernas.search.transfer.Link.Direction;

/**
 * The Gaussian process of the target's standardised scores under one hypothesis, given its
 * observations.
 */
final class TargetProcess {
  private final Hypothesis hypothesis;
  private final double[][] means;
  private final Cholesky factor;
  private final double logDerivative;
  private final double[] surprises;

  /** Each observation's weight in an expectation. */
  private final double[] weights;

  /**
   * Expectation and variance of the scores of some candidates.
   *
   * @param linked part of the expectation that comes from the sources
   * @param own part that comes from the target's residual
   * @param variance of the score without noise
   */
  record Posterior(double[] linked, double[] own, double[] variance) {}

  /**
   * The process given some observations.
   *
   * @param hypothesis that holds
   * @param factor of the observations' {@link #covariance}
   * @param means of the source processes at the observations, one column each
   * @param scores of the observations
   */
  TargetProcess(Hypothesis hypothesis, Cholesky factor, double[][] means, StandardScores scores) {
    this.hypothesis = hypothesis;
    this.factor = factor;
    this.means = means;
    this.logDerivative = Arrays.stream(scores.logDerivatives()).sum();
    this.surprises = centred(hypothesis.link().expected(), means, means);
    for (int row = 0; row < surprises.length; row++) {
      surprises[row] = hypothesis.stretch() * scores.values()[row] - surprises[row];
    }
    this.weights = factor.solve(surprises);
  }

  /**
   * The covariance of the stretched scores of some observations, as a lower triangle.
   *
   * @param hypothesis that holds
   * @param kernel between them, under the hypothesis' scales
   * @param open what the sources leave open: the covariance of what the hypothesis expects
   * @param means of the source processes there, one column each
   */
  static double[][] covariance(
      Hypothesis hypothesis, double[][] kernel, double[][] open, double[][] means) {
    double[][] covariance = new double[kernel.length][];
    for (int row = 0; row < covariance.length; row++) {
      covariance[row] = new double[row + 1];
      for (int column = 0; column <= row; column++) {
        covariance[row][column] =
            hypothesis.level() + hypothesis.residual() * kernel[row][column] + open[row][column];
      }
      covariance[row][row] += hypothesis.noise();
    }
    for (Direction direction : hypothesis.link().directions()) {
      double[] along = centred(direction.weights(), means, means);
      for (int row = 0; row < covariance.length; row++) {
        for (int column = 0; column <= row; column++) {
          covariance[row][column] += direction.variance() * along[row] * along[column];
        }
      }
    }
    return covariance;
  }

  /** A sum of source processes at candidates, counted from its mean at the observations. */
  private static double[] centred(double[] processes, double[][] means, double[][] candidates) {
    double centre = Arrays.stream(Link.sum(processes, means)).average().orElse(0);
    return Arrays.stream(Link.sum(processes, candidates)).map(value -> value - centre).toArray();
  }

  Hypothesis hypothesis() {
    return hypothesis;
  }

  /** Logarithm of the prior probability times the density of the results, up to a constant. */
  double logEvidence() {
    return hypothesis.logPrior()
        + factor.logDensity(surprises)
        + surprises.length * Math.log(hypothesis.stretch())
        + logDerivative;
  }

  /**
   * How far each score is from what is expected of it given all others: the i-th entry of K^-1 y by
   * the i-th of the diagonal of K^-1 (Rasmussen and Williams 2006, equation 5.12).
   */
  double[] leftOutResiduals() {
    double[] residuals = factor.inverseDiagonal();
    for (int row = 0; row < residuals.length; row++) {
      residuals[row] = weights[row] / residuals[row] / hypothesis.stretch();
    }
    return residuals;
  }

  /**
   * The posterior at candidates, in units of the standardised scores.
   *
   * @param kernels between each observation (row) and each candidate (column)
   * @param open covariance of what the hypothesis expects, between the same
   * @param openVariances of it at each candidate
   * @param candidates means of the source processes there, one column each
   */
  Posterior posterior(
      double[][] kernels, double[][] open, double[] openVariances, double[][] candidates) {
    double[] linked = centred(hypothesis.link().expected(), means, candidates);
    double[] own = new double[linked.length];
    double[] variance = openVariances.clone();
    for (int column = 0; column < variance.length; column++) {
      variance[column] += hypothesis.level() + hypothesis.residual();
    }
    double[][] covariances = new double[weights.length][];
    for (int row = 0; row < weights.length; row++) {
      covariances[row] = new double[linked.length];
      for (int column = 0; column < linked.length; column++) {
        double covariance =
            hypothesis.level() + hypothesis.residual() * kernels[row][column] + open[row][column];
        covariances[row][column] = covariance;
        own[column] += weights[row] * covariance;
      }
    }
    for (Direction direction : hypothesis.link().directions()) {
      double[] observed = centred(direction.weights(), means, means);
      double[] along = centred(direction.weights(), means, candidates);
      double slope = 0;
      for (int row = 0; row < weights.length; row++) {
        double factorOfRow = direction.variance() * observed[row];
        slope += weights[row] * factorOfRow;
        for (int column = 0; column < along.length; column++) {
          covariances[row][column] += factorOfRow * along[column];
        }
      }
      for (int column = 0; column < along.length; column++) {
        linked[column] += slope * along[column];
        variance[column] += direction.variance() * along[column] * along[column];
      }
    }
    double[] explained =
        weights.length == 0 ? new double[linked.length] : factor.squaredLengths(covariances);
    double stretch = hypothesis.stretch();
    for (int column = 0; column < linked.length; column++) {
      linked[column] /= stretch;
      own[column] /= stretch;
      variance[column] = Math.max(0, variance[column] - explained[column]) / (stretch * stretch);
    }
    return new Posterior(linked, own, variance);
  }
}
