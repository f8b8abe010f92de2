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

  /** Features that stand for the decisions; nothing in the other groups. */
  static FeatureVector ofDecisions(double[] values) {
    SparseVector none = new SparseVector(new long[0], new double[0]);
    long[] keys = LongStream.range(0, values.length).toArray();
    return new FeatureVector(
        Map.of(
            FeatureGroup.DECISIONS, new SparseVector(keys, values),
            FeatureGroup.PATHS, none,
            FeatureGroup.SUMMARY, none));
  }

  SparseVector group(FeatureGroup group) {
    return groups.get(group);
  }
}
