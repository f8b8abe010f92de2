package org.xfernas.search.surrogate;

import java.util.EnumMap;
import java.util.Map;

/**
 * The structural features of an architecture.
 *
 * @param groups the entries of each group
 */
record FeatureVector(Map<FeatureGroup, SparseVector> groups) {
  FeatureVector {
    groups = new EnumMap<>(groups);
  }

  SparseVector group(FeatureGroup group) {
    return groups.get(group);
  }
}
