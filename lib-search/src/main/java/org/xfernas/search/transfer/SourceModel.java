package org.xfernas.search.transfer;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.FeatureTable;
import org.xfernas.search.surrogate.KernelScales;

/**
 * What the sources tell of any architecture: the universal response f_u and that of each source
 * task, and the features over which the target's residual is a process.
 */
interface SourceModel {
  /** Rows from which on what is told of a list is kept for the next call. */
  int LONG = 1_000;

  /** Names of the tasks that were learnt from. */
  List<String> tasks();

  /** The scales of the residual's kernel. */
  KernelScales scales();

  /** Share of each task in what is known of f_u. */
  double[] parts();

  /** Expected correlation between any two tasks, in [0, 1]; 1 where nothing shows a difference. */
  double agreement();

  /** What is told of some architectures. */
  View view(List<Architecture> architectures);

  /**
   * What is left open: the covariance of a weighted sum of the responses between every row of one
   * view and every row of another.
   *
   * @param weights of f_u and of each task's response
   */
  double[][] covariance(double[] weights, View from, View to);

  /** The variance of a weighted sum of the responses at every row. */
  double[] variances(double[] weights, View of);

  /**
   * Architectures as the sources see them.
   *
   * @param table their features
   * @param means of the responses: row 0 is f_u, row 1 + s that of the task s
   * @param kernels between the sources' points and them
   * @param variances that are known, of weighted sums of the responses by their weights
   */
  record View(
      FeatureTable table,
      double[][] means,
      PointKernels kernels,
      Map<List<Double>, double[]> variances) {
    /** A view of which no variance is known. */
    View(FeatureTable table, double[][] means, PointKernels kernels) {
      this(table, means, kernels, new ConcurrentHashMap<>());
    }

    int size() {
      return table.size();
    }
  }
}
