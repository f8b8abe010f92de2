package org.xfernas.search.surrogate;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xfernas.search.space.LiveGraph.Vertex;

/**
 * The paths from the inputs to the outputs of a cell, as sequences of the operations they apply;
 * skips are contracted in the live graph already.
 */
final class LivePaths {
  private final List<String> operations;
  private final long sequences;
  private final SortedMap<Long, Double> counts = new TreeMap<>();
  private final double[] mostApplications;
  private final double[] fewestApplications;
  private double number;
  private double greatestDepth;
  private double leastDepth;

  /** Of the paths that reach a vertex, it applied. */
  private record Reach(
      SortedMap<Long, Double> counts, double[] most, double[] fewest, int greatest, int least) {}

  /**
   * The paths of a cell.
   *
   * @param operations of its space
   * @param length operations of a path that tell it from others, its last ones
   * @param vertices of its live graph
   */
  LivePaths(List<String> operations, int length, List<Vertex> vertices) {
    this.operations = operations;
    this.sequences = (long) Math.pow(operations.size() + 1, length);
    this.mostApplications = new double[operations.size()];
    this.fewestApplications = new double[operations.size()];
    Arrays.fill(fewestApplications, Double.POSITIVE_INFINITY);
    this.leastDepth = Double.POSITIVE_INFINITY;
    List<Reach> reaches = new ArrayList<>();
    for (Vertex vertex : vertices) {
      Reach reach = reach(vertex, reaches);
      reaches.add(reach);
      if (vertex.isOutput() && !reach.counts.isEmpty()) {
        reach.counts.forEach((sequence, count) -> counts.merge(sequence, count, Double::sum));
        greatestDepth = Math.max(greatestDepth, reach.greatest);
        leastDepth = Math.min(leastDepth, reach.least);
        raise(mostApplications, reach.most);
        lower(fewestApplications, reach.fewest);
      }
    }
    number = counts.values().stream().mapToDouble(count -> count).sum();
  }

  private Reach reach(Vertex vertex, List<Reach> earlier) {
    SortedMap<Long, Double> reached = new TreeMap<>();
    double[] most = new double[operations.size()];
    double[] fewest = new double[operations.size()];
    if (!vertex.isInput()) {
      Arrays.fill(fewest, Double.POSITIVE_INFINITY);
    }
    int greatest = 0;
    int least = vertex.isInput() ? 0 : Integer.MAX_VALUE;
    if (vertex.isInput()) {
      reached.put(0L, 1.0);
    }
    for (var summand : vertex.summands().entrySet()) {
      Reach read = earlier.get(summand.getKey());
      read.counts.forEach(
          (sequence, count) -> reached.merge(sequence, count * summand.getValue(), Double::sum));
      raise(most, read.most);
      lower(fewest, read.fewest);
      greatest = Math.max(greatest, read.greatest);
      least = Math.min(least, read.least);
    }
    if (vertex.isInput() || vertex.isOutput()) {
      return new Reach(reached, most, fewest, greatest, least);
    }
    int operation = operations.indexOf(vertex.label());
    SortedMap<Long, Double> applied = new TreeMap<>();
    reached.forEach(
        (sequence, count) ->
            applied.merge(
                (sequence * (operations.size() + 1) + operation + 1) % sequences,
                count,
                Double::sum));
    most[operation]++;
    fewest[operation]++;
    return new Reach(applied, most, fewest, greatest + 1, least + 1);
  }

  private static void raise(double[] most, double[] others) {
    Arrays.setAll(most, operation -> Math.max(most[operation], others[operation]));
  }

  private static void lower(double[] fewest, double[] others) {
    Arrays.setAll(fewest, operation -> Math.min(fewest[operation], others[operation]));
  }

  /** How many paths there are of each sequence of operations, by the number of the sequence. */
  SortedMap<Long, Double> counts() {
    return counts;
  }

  /** Numbers of sequences are below this. */
  long sequences() {
    return sequences;
  }

  /** How many paths there are. */
  double number() {
    return number;
  }

  /** How many paths apply nothing. */
  double direct() {
    return counts.getOrDefault(0L, 0.0);
  }

  /** For each operation, how often the path that applies it most does so. */
  double[] mostApplications() {
    return mostApplications;
  }

  /** For each operation, how often the path that applies it least does so; 0 without a path. */
  double[] fewestApplications() {
    return number == 0 ? new double[operations.size()] : fewestApplications;
  }

  /** Operations on the longest path; 0 where there is none. */
  double greatestDepth() {
    return greatestDepth;
  }

  /** Operations on the shortest path; 0 where there is none. */
  double leastDepth() {
    return number == 0 ? 0 : leastDepth;
  }
}
