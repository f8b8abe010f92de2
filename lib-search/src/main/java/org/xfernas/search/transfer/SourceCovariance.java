package org.xfernas.search.transfer;

import java.util.Arrays;
import java.util.List;
import org.xfernas.search.surrogate.Cholesky;
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.transfer.SourceModel.View;

/**
 * What the sources leave open: the posterior covariance of a weighted sum g = w_0 u + sum_s w_s (u
 * + r_s) of the processes of {@link SourceProcesses}. By it the target's results correct g where
 * the sources have not looked, and hardly anywhere else.
 */
final class SourceCovariance {
  private final int[] tasks;
  private final KernelScales scales;
  private final double residual;
  private final Cholesky factor;

  /**
   * The covariance given the sources' points.
   *
   * @param tasks the number of the task of each point, from 0
   * @param scales of the kernel
   * @param residual share of a task's residual: the prior covariance of u is the kernel / (1 +
   *     residual)
   * @param factor of the covariance of the points' scores
   */
  SourceCovariance(int[] tasks, KernelScales scales, double residual, Cholesky factor) {
    this.tasks = tasks;
    this.scales = scales;
    this.residual = residual;
    this.factor = factor;
  }

  /** Between every row of one view and every row of another; of nothing, one row for all. */
  double[][] between(double[] weights, View from, View to) {
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      double[][] none = new double[from.size()][];
      Arrays.fill(none, new double[to.size()]);
      return none;
    }
    double[][] covariance = to.table().kernels(List.of(scales), from.table()).get(scales);
    double prior = prior(weights);
    for (double[] row : covariance) {
      for (int at = 0; at < row.length; at++) {
        row[at] *= prior;
      }
    }
    double[] factors = factors(weights);
    double[][] solved = solved(factors, from);
    for (int point = 0; point < tasks.length; point++) {
      if (factors[point] != 0) {
        float[] kernel = to.kernels().of(point);
        for (int row = 0; row < covariance.length; row++) {
          subtract(factors[point] * solved[row][point], kernel, covariance[row]);
        }
      }
    }
    return covariance;
  }

  /** Of the sum at each row. */
  double[] variances(double[] weights, View of) {
    return of.variances()
        .computeIfAbsent(Arrays.stream(weights).boxed().toList(), key -> newVariances(weights, of));
  }

  private double[] newVariances(double[] weights, View of) {
    if (Arrays.stream(weights).allMatch(weight -> weight == 0)) {
      return new double[of.size()];
    }
    double[] factors = factors(weights);
    double[][] covariances = new double[tasks.length][of.size()];
    for (int point = 0; point < tasks.length; point++) {
      subtract(-factors[point], of.kernels().of(point), covariances[point]);
    }
    double prior = scales.variance() * prior(weights);
    return Arrays.stream(factor.squaredLengths(covariances))
        .map(explained -> Math.max(0, prior - explained))
        .toArray();
  }

  /** The covariance of the points' scores, inverted, times their covariances with each row. */
  private double[][] solved(double[] factors, View from) {
    double[][] solved = new double[from.size()][tasks.length];
    for (int point = 0; point < tasks.length; point++) {
      float[] kernel = from.kernels().of(point);
      for (int row = 0; row < solved.length; row++) {
        solved[row][point] = factors[point] * kernel[row];
      }
    }
    return Arrays.stream(solved).map(factor::solve).toArray(double[][]::new);
  }

  private static void subtract(double weight, float[] kernel, double[] target) {
    for (int at = 0; at < target.length; at++) {
      target[at] -= weight * kernel[at];
    }
  }

  /** Prior covariance of the sum, per kernel. */
  private double prior(double[] weights) {
    double squares = 0;
    for (int task = 1; task < weights.length; task++) {
      squares += weights[task] * weights[task];
    }
    double shared = Arrays.stream(weights).sum();
    return (shared * shared + residual * squares) / (1 + residual);
  }

  /** Per point, what its kernel is times in its covariance with the sum. */
  private double[] factors(double[] weights) {
    double shared = Arrays.stream(weights).sum();
    return Arrays.stream(tasks)
        .mapToDouble(task -> (shared + residual * weights[1 + task]) / (1 + residual))
        .toArray();
  }
}
