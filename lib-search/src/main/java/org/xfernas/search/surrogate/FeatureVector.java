package org.xfernas.search.surrogate;

import java.util.EnumMap;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * The structural features of an architecture.
 *
 * @param groups the entries of each group
 */
record FeatureVector(Map<FeatureGroup, SparseVector> groups) {
  FeatureVector {
    groups = new EnumMap<>(groups);
  }

  /** The same with other features in the place of the decisions. */
  FeatureVector withDecisions(double[] values) {
    Map<FeatureGroup, SparseVector> replaced = new EnumMap<>(groups);
    long[] keys = LongStream.range(0, values.length).toArray();
    replaced.put(FeatureGroup.DECISIONS, new SparseVector(keys, values));
    return new FeatureVector(replaced);
  }

  SparseVector group(FeatureGroup group) {
    return groups.get(group);
  }
}
