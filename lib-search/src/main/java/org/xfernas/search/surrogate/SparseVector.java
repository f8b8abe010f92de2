package org.xfernas.search.surrogate;

import java.util.Map;
import java.util.SortedMap;
import java.util.function.LongToDoubleFunction;

/**
 * A vector of which most entries are zero.
 *
 * @param keys of the others, ascending
 * @param values of these
 */
record SparseVector(long[] keys, double[] values) {

  static SparseVector of(SortedMap<Long, Double> entries) {
    long[] keys = new long[entries.size()];
    double[] values = new double[entries.size()];
    int at = 0;
    for (Map.Entry<Long, Double> entry : entries.entrySet()) {
      keys[at] = entry.getKey();
      values[at++] = entry.getValue();
    }
    return new SparseVector(keys, values);
  }

  /** Every entry times the factor of its key. */
  SparseVector scaled(LongToDoubleFunction factors) {
    double[] scaled = values.clone();
    for (int at = 0; at < scaled.length; at++) {
      scaled[at] *= factors.applyAsDouble(keys[at]);
    }
    return new SparseVector(keys, scaled);
  }

  double squaredNorm() {
    double sum = 0;
    for (double value : values) {
      sum += value * value;
    }
    return sum;
  }
}
