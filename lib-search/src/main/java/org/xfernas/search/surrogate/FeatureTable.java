package org.xfernas.search.surrogate;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xfernas.search.space.Architecture;

/**
 * The features of a list of architectures, stored by feature, so that the distances of one to all
 * are a few passes over those which share a feature with it.
 */
public final class FeatureTable {
  private final List<Architecture> architectures;
  private final List<FeatureVector> vectors;
  private final Map<FeatureGroup, Group> groups;

  /** Who has a feature, and how much of it. */
  private record Posting(int[] rows, double[] values) {}

  private record Group(double[] squaredNorms, Map<Long, Posting> postings) {}

  /** The table of {@code architectures}, in their order. */
  FeatureTable(CellFeatures features, List<Architecture> architectures) {
    this(architectures, architectures.stream().map(features::of).toList());
  }

  private FeatureTable(List<Architecture> architectures, List<FeatureVector> vectors) {
    this(architectures, vectors, new EnumMap<>(FeatureGroup.class));
    for (FeatureGroup group : FeatureGroup.values()) {
      groups.put(group, group(group, vectors));
    }
  }

  private FeatureTable(
      List<Architecture> architectures,
      List<FeatureVector> vectors,
      Map<FeatureGroup, Group> groups) {
    this.architectures = List.copyOf(architectures);
    this.vectors = vectors;
    this.groups = groups;
  }

  /** The features of each, in their order. */
  List<FeatureVector> vectors() {
    return vectors;
  }

  /** The same with learnt features, one row each, in the place of the decisions. */
  public FeatureTable withDecisions(double[][] learnt) {
    List<FeatureVector> replaced = new ArrayList<>();
    for (int row = 0; row < size(); row++) {
      replaced.add(vectors.get(row).withDecisions(learnt[row]));
    }
    Map<FeatureGroup, Group> others = new EnumMap<>(groups);
    others.put(FeatureGroup.DECISIONS, group(FeatureGroup.DECISIONS, replaced));
    return new FeatureTable(architectures, replaced, others);
  }

  private static Group group(FeatureGroup group, List<FeatureVector> all) {
    List<SparseVector> vectors = all.stream().map(vector -> vector.group(group)).toList();
    Map<Long, List<Integer>> rows = new HashMap<>();
    Map<Long, List<Double>> values = new HashMap<>();
    double[] squaredNorms = new double[vectors.size()];
    for (int row = 0; row < vectors.size(); row++) {
      SparseVector vector = vectors.get(row);
      squaredNorms[row] = vector.squaredNorm();
      for (int at = 0; at < vector.keys().length; at++) {
        rows.computeIfAbsent(vector.keys()[at], key -> new ArrayList<>()).add(row);
        values
            .computeIfAbsent(vector.keys()[at], key -> new ArrayList<>())
            .add(vector.values()[at]);
      }
    }
    Map<Long, Posting> postings = new HashMap<>();
    rows.forEach(
        (key, list) ->
            postings.put(
                key,
                new Posting(
                    list.stream().mapToInt(row -> row).toArray(),
                    values.get(key).stream().mapToDouble(value -> value).toArray())));
    return new Group(squaredNorms, postings);
  }

  /** The architectures, in the order of the rows. */
  public List<Architecture> architectures() {
    return architectures;
  }

  /** Number of rows. */
  public int size() {
    return vectors.size();
  }

  /**
   * The kernels of several scales between every row of another table of the same features and every
   * row of this one.
   */
  public Map<KernelScales, double[][]> kernels(List<KernelScales> scales, FeatureTable other) {
    Map<KernelScales, double[][]> kernels = new HashMap<>();
    scales.forEach(each -> kernels.put(each, new double[other.size()][]));
    for (int row = 0; row < other.size(); row++) {
      double[] decisions = squaredDistances(FeatureGroup.DECISIONS, other, row);
      double[] paths = squaredDistances(FeatureGroup.PATHS, other, row);
      double[] summary = squaredDistances(FeatureGroup.SUMMARY, other, row);
      double[] common = squaredDistances(FeatureGroup.COMMON, other, row);
      for (KernelScales each : scales) {
        double[] kernel = new double[size()];
        for (int at = 0; at < kernel.length; at++) {
          kernel[at] = each.kernel(decisions[at], paths[at], summary[at], common[at]);
        }
        kernels.get(each)[row] = kernel;
      }
    }
    return kernels;
  }

  /** The kernel between a row of another table of the same features and every row of this one. */
  public double[] kernel(KernelScales scales, FeatureTable other, int row) {
    double[] kernel = new double[size()];
    for (FeatureGroup group : FeatureGroup.values()) {
      addDistances(scales.of(group), group, other.vectors.get(row), kernel);
    }
    for (int at = 0; at < kernel.length; at++) {
      kernel[at] = scales.shape().at(Math.max(0, kernel[at]));
    }
    return kernel;
  }

  /** Squared distances in one group between a row of another table and every row of this one. */
  public double[] squaredDistances(FeatureGroup group, FeatureTable other, int row) {
    double[] distances = new double[size()];
    addDistances(1, group, other.vectors.get(row), distances);
    for (int at = 0; at < distances.length; at++) {
      // Rounding makes the distance of equal rows a little less than 0.
      distances[at] = Math.max(0, distances[at]);
    }
    return distances;
  }

  private void addDistances(double weight, FeatureGroup group, FeatureVector from, double[] sums) {
    Group columns = groups.get(group);
    SparseVector vector = from.group(group);
    double norm = weight * vector.squaredNorm();
    for (int row = 0; row < sums.length; row++) {
      sums[row] += norm + weight * columns.squaredNorms[row];
    }
    for (int at = 0; at < vector.keys().length; at++) {
      Posting posting = columns.postings.get(vector.keys()[at]);
      if (posting != null) {
        double factor = 2 * weight * vector.values()[at];
        for (int index = 0; index < posting.rows.length; index++) {
          sums[posting.rows[index]] -= factor * posting.values[index];
        }
      }
    }
  }
}
