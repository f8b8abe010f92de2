package org.xfernas.search.transfer;

import java.util.List;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.FeatureTable;
import org.xfernas.search.surrogate.KernelScales;

/**
 * What the sources tell of any architecture: the universal response f_u and that of each source
 * task, and the features over which the target's residual is a process.
 */
interface SourceModel {

  /** Names of the tasks that were learnt from. */
  List<String> tasks();

  /** The scales of the residual's kernel. */
  KernelScales scales();

  /** Share of each task in what is known of f_u. */
  double[] parts();

  /** What is told of some architectures. */
  View view(List<Architecture> architectures);

  /**
   * Architectures as the sources see them.
   *
   * @param table their features
   * @param means of the responses: row 0 is f_u, row 1 + s that of the task s
   */
  record View(FeatureTable table, double[][] means) {
    int size() {
      return table.size();
    }
  }
}
