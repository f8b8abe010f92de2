package org.xfernas.search.surrogate;

import java.util.Arrays;
import java.util.stream.IntStream;

/** The Cholesky factor L of a symmetric positive definite matrix A = L L'. */
public final class Cholesky {
  private static final double FIRST_JITTER = 1e-10;

  /** Columns solved together, so that they stay in the processor's cache. */
  private static final int BLOCK = 512;

  private final double[][] lower;

  private Cholesky(double[][] lower) {
    this.lower = lower;
  }

  /**
   * The factor of a matrix; where rounding has made it indefinite, of the matrix with a little more
   * on its diagonal.
   *
   * @param symmetric n x n, of which the lower triangle is read
   * @throws IllegalArgumentException where it is far from positive definite
   */
  public static Cholesky of(double[][] symmetric) {
    for (double jitter = 0; jitter < 1; jitter = Math.max(FIRST_JITTER, 10 * jitter)) {
      double[][] lower = factor(symmetric, jitter);
      if (lower != null) {
        return new Cholesky(lower);
      }
    }
    throw new IllegalArgumentException(
        "Cannot factor: the matrix is not positive definite (size=%d)".formatted(symmetric.length));
  }

  /** Right-looking, so that the inner loop is a sum of two rows; null where it breaks down. */
  private static double[][] factor(double[][] symmetric, double jitter) {
    int size = symmetric.length;
    double[][] lower = new double[size][];
    for (int row = 0; row < size; row++) {
      lower[row] = Arrays.copyOf(symmetric[row], row + 1);
      lower[row][row] += jitter;
    }
    double[] column = new double[size];
    for (int pivot = 0; pivot < size; pivot++) {
      double square = lower[pivot][pivot];
      if (!(square > 0)) {
        return null;
      }
      double root = Math.sqrt(square);
      lower[pivot][pivot] = root;
      for (int row = pivot + 1; row < size; row++) {
        double factor = lower[row][pivot] / root;
        lower[row][pivot] = factor;
        column[row] = factor;
        double[] target = lower[row];
        for (int at = pivot + 1; at <= row; at++) {
          target[at] -= factor * column[at];
        }
      }
    }
    return lower;
  }

  /** L x = b. */
  public double[] solveLower(double[] right) {
    double[] solution = right.clone();
    for (int row = 0; row < solution.length; row++) {
      for (int at = 0; at < row; at++) {
        solution[row] -= lower[row][at] * solution[at];
      }
      solution[row] /= lower[row][row];
    }
    return solution;
  }

  /** A x = b. */
  public double[] solve(double[] right) {
    double[] solution = solveLower(right);
    for (int row = solution.length - 1; row >= 0; row--) {
      solution[row] /= lower[row][row];
      for (int at = 0; at < row; at++) {
        solution[at] -= lower[row][at] * solution[row];
      }
    }
    return solution;
  }

  /**
   * The squared length of the solution of L x = b for many b at once.
   *
   * @param rights one row per row of A, one column per b
   */
  public double[] squaredLengths(double[][] rights) {
    int columns = rights[0].length;
    double[] lengths = new double[columns];
    IntStream.range(0, (columns + BLOCK - 1) / BLOCK)
        .parallel()
        .map(block -> block * BLOCK)
        .forEach(from -> addSquaredLengths(rights, from, Math.min(columns, from + BLOCK), lengths));
    return lengths;
  }

  private void addSquaredLengths(double[][] rights, int from, int to, double[] lengths) {
    double[][] solution = new double[lower.length][];
    for (int row = 0; row < lower.length; row++) {
      double[] target = Arrays.copyOfRange(rights[row], from, to);
      for (int at = 0; at < row; at++) {
        double factor = lower[row][at];
        double[] earlier = solution[at];
        for (int column = 0; column < target.length; column++) {
          target[column] -= factor * earlier[column];
        }
      }
      double inverse = 1 / lower[row][row];
      for (int column = 0; column < target.length; column++) {
        target[column] *= inverse;
        lengths[from + column] += target[column] * target[column];
      }
      solution[row] = target;
    }
  }

  /** The diagonal of the inverse of A. */
  public double[] inverseDiagonal() {
    double[][] identity = new double[lower.length][lower.length];
    for (int row = 0; row < lower.length; row++) {
      identity[row][row] = 1;
    }
    return lower.length == 0 ? new double[0] : squaredLengths(identity);
  }

  /** Logarithm of the determinant of A. */
  public double logDeterminant() {
    double sum = 0;
    for (int row = 0; row < lower.length; row++) {
      sum += Math.log(lower[row][row]);
    }
    return 2 * sum;
  }

  /** Logarithm of the density of N(0, A) at {@code point}. */
  public double logDensity(double[] point) {
    double sum = point.length * Math.log(2 * Math.PI) + logDeterminant();
    for (double value : solveLower(point)) {
      sum += value * value;
    }
    return -sum / 2;
  }
}
