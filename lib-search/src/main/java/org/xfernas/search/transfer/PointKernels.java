package org.xfernas.search.transfer;

import org.xfernas.search.surrogate.FeatureTable;
import org.xfernas.search.surrogate.KernelScales;

/**
 * The kernel between each point of the sources and each row of a table. It is asked for again after
 * each result, so that it is kept where it is not too large.
 */
final class PointKernels {
  private static final long MOST_KEPT = 16_000_000;

  private final FeatureTable points;
  private final KernelScales scales;
  private final FeatureTable table;
  private final float[][] kept;

  PointKernels(FeatureTable points, KernelScales scales, FeatureTable table) {
    this.points = points;
    this.scales = scales;
    this.table = table;
    this.kept =
        (long) points.size() * table.size() <= MOST_KEPT ? new float[points.size()][] : null;
    for (int point = 0; kept != null && point < kept.length; point++) {
      kept[point] = make(point);
    }
  }

  private float[] make(int point) {
    double[] kernel = table.kernel(scales, points, point);
    float[] row = new float[kernel.length];
    for (int at = 0; at < row.length; at++) {
      row[at] = (float) kernel[at];
    }
    return row;
  }

  /** Between a point and every row. */
  float[] of(int point) {
    return kept == null ? make(point) : kept[point];
  }
}
