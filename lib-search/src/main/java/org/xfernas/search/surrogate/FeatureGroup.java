package org.xfernas.search.surrogate;

/** A group of structural features, which has a scale of its own in a kernel. */
public enum FeatureGroup {
  /** Which operation each live edge or branch has. */
  DECISIONS,
  /** How many paths apply each sequence of operations. */
  PATHS,
  /** Counts of operations, depths, the number of paths, and further columns. */
  SUMMARY,
  /** How often every path applies each operation at least. */
  COMMON
}
