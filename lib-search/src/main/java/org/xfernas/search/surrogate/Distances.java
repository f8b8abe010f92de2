package org.xfernas.search.surrogate;

import java.util.EnumMap;
import java.util.Map;

/** Squared distances between all pairs of a table's architectures, by group of features. */
public final class Distances {
  private final int size;
  private final Map<FeatureGroup, double[][]> groups = new EnumMap<>(FeatureGroup.class);

  /** The distances within a table. */
  public Distances(FeatureTable table) {
    this.size = table.size();
    for (FeatureGroup group : FeatureGroup.values()) {
      double[][] rows = new double[size][];
      for (int row = 0; row < size; row++) {
        rows[row] = table.squaredDistances(group, table, row);
      }
      groups.put(group, rows);
    }
  }

  /** The kernel between all pairs, as a lower triangle. */
  public double[][] kernel(KernelScales scales) {
    return kernel(scales, 0, size);
  }

  /** The kernel between all pairs of the rows {@code from} to {@code to}, as a lower triangle. */
  public double[][] kernel(KernelScales scales, int from, int to) {
    double[][] kernel = new double[to - from][];
    for (int row = from; row < to; row++) {
      double[] decisions = groups.get(FeatureGroup.DECISIONS)[row];
      double[] paths = groups.get(FeatureGroup.PATHS)[row];
      double[] summary = groups.get(FeatureGroup.SUMMARY)[row];
      double[] common = groups.get(FeatureGroup.COMMON)[row];
      kernel[row - from] = new double[row - from + 1];
      for (int column = from; column <= row; column++) {
        kernel[row - from][column - from] =
            scales.kernel(decisions[column], paths[column], summary[column], common[column]);
      }
    }
    return kernel;
  }
}
