package org.xfernas.search.surrogate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.LiveGraph;
import org.xfernas.search.space.LiveGraph.Vertex;
import org.xfernas.search.space.SearchSpace;

/**
 * Structural features of the architectures of a space, derived from its declaration alone. Each
 * group is scaled so that two random architectures have a mean squared distance of 1 in it, and
 * each feature of the summary and of what is common has the same part in that:
 *
 * <ul>
 *   <li>decisions: which operation each live edge has, or input and operation of each live branch;
 *   <li>paths: how many paths from input to output apply each sequence of operations, skips
 *       contracted; of a longer path the last {@value #PATH_LENGTH} count;
 *   <li>summary: per cell, the live edges or branches of each operation, the most applications of
 *       it on one path, the greatest and the least depth, the number of paths and of those that
 *       apply nothing; and the further columns;
 *   <li>common: per cell, how often every path applies each operation at least.
 * </ul>
 */
public final class CellFeatures {
  private static final int PATH_LENGTH = 5;
  private static final int REFERENCE_DRAWS = 1_000;
  private static final int LONG = 1_000;

  private final SearchSpace space;
  private final List<String> operations;
  private final Columns columns;
  private final Map<FeatureGroup, LongToDoubleFunction> scales = new EnumMap<>(FeatureGroup.class);

  /** The long list of architectures whose features were asked for last. */
  private FeatureTable latest;

  /** Further numbers of an architecture, such as its parameters or FLOPs. */
  public interface Columns {
    /** None. */
    Columns NONE = architecture -> new double[0];

    /** The same number of finite values for every architecture. */
    double[] of(Architecture architecture);
  }

  /**
   * The features of a space.
   *
   * @param space as declared
   * @param columns appended to the summary
   */
  public CellFeatures(SearchSpace space, Columns columns) {
    this.operations = space.operations();
    this.columns = columns;
    this.space = space;
    List<FeatureVector> reference =
        references(REFERENCE_DRAWS).stream().map(this::counted).toList();
    for (FeatureGroup group : FeatureGroup.values()) {
      SortedMap<Long, Double> variances =
          variances(reference.stream().map(vector -> vector.group(group)).toList());
      boolean alike = group == FeatureGroup.DECISIONS || group == FeatureGroup.PATHS;
      scales.put(group, alike ? together(variances) : each(variances));
    }
  }

  /** Random architectures of the space, the same in every call. */
  public List<Architecture> references(int count) {
    RandomGenerator random = new Seed(0).child("reference").generator();
    return Stream.generate(() -> space.sample(random)).limit(count).toList();
  }

  /** The features of a list of architectures; of a long one they are kept for the next call. */
  public synchronized FeatureTable table(List<Architecture> architectures) {
    if (architectures.size() < LONG) {
      return new FeatureTable(this, architectures);
    }
    if (latest == null || !latest.architectures().equals(architectures)) {
      latest = new FeatureTable(this, architectures);
    }
    return latest;
  }

  /** The features of one architecture. */
  FeatureVector of(Architecture architecture) {
    FeatureVector counted = counted(architecture);
    Map<FeatureGroup, SparseVector> scaled = new EnumMap<>(FeatureGroup.class);
    counted
        .groups()
        .forEach((group, vector) -> scaled.put(group, vector.scaled(scales.get(group))));
    return new FeatureVector(scaled);
  }

  private FeatureVector counted(Architecture architecture) {
    LiveDecisions decisions = LiveDecisions.of(operations, architecture);
    SortedMap<Long, Double> paths = new TreeMap<>();
    List<Double> summary = new ArrayList<>();
    List<Double> common = new ArrayList<>();
    List<List<Vertex>> cells = LiveGraph.cells(architecture);
    for (int cell = 0; cell < cells.size(); cell++) {
      LivePaths live = new LivePaths(operations, PATH_LENGTH, cells.get(cell));
      long offset = cell * live.sequences();
      live.counts().forEach((sequence, count) -> paths.put(offset + sequence, count));
      addAll(summary, decisions.operationCounts(cell));
      addAll(summary, live.mostApplications());
      addAll(common, live.fewestApplications());
      addAll(
          summary,
          live.greatestDepth(),
          live.leastDepth(),
          Math.log1p(live.number()),
          Math.log1p(live.direct()));
    }
    addAll(summary, columns.of(architecture));
    return new FeatureVector(
        Map.of(
            FeatureGroup.DECISIONS, decisions.vector(),
            FeatureGroup.PATHS, SparseVector.of(paths),
            FeatureGroup.SUMMARY, numbered(summary),
            FeatureGroup.COMMON, numbered(common)));
  }

  private static SparseVector numbered(List<Double> values) {
    SortedMap<Long, Double> numbered = new TreeMap<>();
    values.forEach(value -> numbered.put((long) numbered.size(), value));
    return SparseVector.of(numbered);
  }

  private static void addAll(List<Double> features, double... values) {
    for (double value : values) {
      features.add(value);
    }
  }

  private static SortedMap<Long, Double> variances(List<SparseVector> vectors) {
    SortedMap<Long, Double> sums = new TreeMap<>();
    SortedMap<Long, Double> squares = new TreeMap<>();
    for (SparseVector vector : vectors) {
      for (int at = 0; at < vector.keys().length; at++) {
        double value = vector.values()[at];
        sums.merge(vector.keys()[at], value, Double::sum);
        squares.merge(vector.keys()[at], value * value, Double::sum);
      }
    }
    SortedMap<Long, Double> variances = new TreeMap<>();
    squares.forEach(
        (key, square) -> {
          double mean = sums.get(key) / vectors.size();
          double variance = square / vectors.size() - mean * mean;
          variances.put(key, variance > 1e-12 * square ? variance : 0);
        });
    return variances;
  }

  /** One factor for all, by the sum of the variances: a squared distance has twice its mean. */
  private static LongToDoubleFunction together(SortedMap<Long, Double> variances) {
    double sum = variances.values().stream().mapToDouble(variance -> variance).sum();
    double factor = sum > 0 ? 1 / Math.sqrt(2 * sum) : 0;
    return key -> factor;
  }

  /** A factor for each, so that all that vary do so alike. */
  private static LongToDoubleFunction each(SortedMap<Long, Double> variances) {
    long varying = variances.values().stream().filter(variance -> variance > 0).count();
    return key -> {
      double variance = variances.getOrDefault(key, 0.0);
      return variance > 0 ? 1 / Math.sqrt(2 * varying * variance) : 0;
    };
  }
}
