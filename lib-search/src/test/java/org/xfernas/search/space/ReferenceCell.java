package org.xfernas.search.space;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.jgrapht.Graph;
import org.jgrapht.alg.isomorphism.VF2GraphIsomorphismInspector;
import org.jgrapht.graph.AsSubgraph;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.jgrapht.graph.EdgeReversedGraph;
import org.jgrapht.traverse.BreadthFirstIterator;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;

/**
 * A cell as plain edges, with two independent answers to "do two cells compute the same function of
 * the same weights?": by numbers, and by the isomorphism of JGraphT.
 *
 * @param inputs nodes 0 to inputs - 1 are given
 * @param nodes number of nodes, inputs included; each other node sums its incoming edges
 * @param edges ordered by target
 * @param outputs nodes whose values are the result, in any order
 */
record ReferenceCell(int inputs, int nodes, List<Edge> edges, List<Integer> outputs) {

  private static final int NOWHERE = -1;

  /** An operation from node to node; a skip that resizes has weights. */
  record Edge(int source, int target, String operation, boolean resizes) {
    boolean isZero() {
      return operation.equals("none");
    }

    boolean isSkip() {
      return !resizes && (operation.equals("identity") || operation.equals("skip_connect"));
    }
  }

  static ReferenceCell of(EdgeCell cell) {
    List<Edge> edges = new ArrayList<>();
    for (int target = 1; target < cell.nodes(); target++) {
      for (int source = 0; source < target; source++) {
        edges.add(new Edge(source, target, cell.operation(source, target), false));
      }
    }
    return new ReferenceCell(1, cell.nodes(), edges, List.of(cell.nodes() - 1));
  }

  static ReferenceCell of(Cell cell, boolean reduction) {
    List<Edge> edges = new ArrayList<>();
    for (int block = 0; block < cell.blocks().size(); block++) {
      Block sum = cell.blocks().get(block);
      for (Branch branch : List.of(sum.left(), sum.right())) {
        edges.add(
            new Edge(
                branch.input(), block + 2, branch.operation(), reduction && branch.input() < 2));
      }
    }
    return new ReferenceCell(2, cell.blocks().size() + 2, edges, cell.outputs());
  }

  /**
   * A number that two cells share where some assignment of the same weights to their edges gives
   * both the same result (and otherwise with the probability of a clash of 64-bit hashes): the
   * least result over all assignments. Operations are hash functions of weight and argument that
   * keep zero; sums are exact modulo 2^64.
   */
  long leastResult() {
    return leastResult(IntStream.range(1, edges.size() + 1).toArray(), 0);
  }

  private long leastResult(int[] weights, int fixed) {
    if (fixed == weights.length) {
      return result(weights);
    }
    long least = Long.MAX_VALUE;
    for (int i = fixed; i < weights.length; i++) {
      swap(weights, fixed, i);
      least = Math.min(least, leastResult(weights, fixed + 1));
      swap(weights, fixed, i);
    }
    return least;
  }

  private static void swap(int[] values, int i, int j) {
    int value = values[i];
    values[i] = values[j];
    values[j] = value;
  }

  private long result(int[] weights) {
    long[] values = new long[nodes];
    for (int input = 0; input < inputs; input++) {
      values[input] = mixed(input + 1);
    }
    for (int i = 0; i < weights.length; i++) {
      Edge edge = edges.get(i);
      long read = values[edge.source()];
      if (edge.isSkip()) {
        values[edge.target()] += read;
      } else if (read != 0 && !edge.isZero()) {
        values[edge.target()] += mixed(read + mixed(edge.operation().hashCode() + weights[i]));
      }
    }
    return outputs.stream().mapToLong(output -> mixed(values[output])).sum();
  }

  /** The finaliser of SplitMix64 after one step of its sequence. */
  private static long mixed(long value) {
    long mixed = value + 0x9E3779B97F4A7C15L;
    mixed = (mixed ^ (mixed >>> 30)) * 0xBF58476D1CE4E5B9L;
    mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
    return mixed ^ (mixed >>> 31);
  }

  /** Whether the live operations of both, linked by numbers of skip paths, are isomorphic. */
  boolean isIsomorphicTo(ReferenceCell other) {
    return new VF2GraphIsomorphismInspector<>(
            operationGraph(),
            other.operationGraph(),
            Comparator.comparing(Operation::label),
            Comparator.comparing(SkipPaths::count))
        .isomorphismExists();
  }

  /** A vertex; two with equal fields are different operations. */
  private static final class Operation {
    private final String label;
    private final int reads;
    private final int addsTo;

    Operation(String label, int reads, int addsTo) {
      this.label = label;
      this.reads = reads;
      this.addsTo = addsTo;
    }

    String label() {
      return label;
    }
  }

  /** A link between operations; two with equal counts are different links. */
  private static final class SkipPaths {
    private final int count;

    SkipPaths(int count) {
      this.count = count;
    }

    int count() {
      return count;
    }
  }

  private Graph<Operation, SkipPaths> operationGraph() {
    List<Operation> given = new ArrayList<>();
    for (int input = 0; input < inputs; input++) {
      given.add(new Operation("input " + input, NOWHERE, input));
    }
    List<Operation> taken =
        outputs.stream().map(output -> new Operation("output", output, NOWHERE)).toList();
    Graph<Operation, SkipPaths> graph = new DefaultDirectedGraph<>(SkipPaths.class);
    given.forEach(graph::addVertex);
    edges.stream()
        .filter(edge -> !edge.isSkip() && !edge.isZero())
        .map(edge -> new Operation(edge.operation(), edge.source(), edge.target()))
        .forEach(graph::addVertex);
    taken.forEach(graph::addVertex);
    for (Operation from : graph.vertexSet()) {
      for (Operation to : graph.vertexSet()) {
        int count = skipPaths(from.addsTo, to.reads);
        if (count > 0) {
          graph.addEdge(from, to, new SkipPaths(count));
        }
      }
    }
    Set<Operation> live = reachable(graph, given);
    live.retainAll(reachable(new EdgeReversedGraph<>(graph), taken));
    live.addAll(given);
    live.addAll(taken);
    return new AsSubgraph<>(graph, live);
  }

  private static Set<Operation> reachable(
      Graph<Operation, SkipPaths> graph, List<Operation> starts) {
    Set<Operation> reached = new HashSet<>();
    new BreadthFirstIterator<>(graph, starts).forEachRemaining(reached::add);
    return reached;
  }

  private int skipPaths(int from, int to) {
    if (from == NOWHERE || to == NOWHERE) {
      return 0;
    }
    return (from == to ? 1 : 0)
        + edges.stream()
            .filter(edge -> edge.source() == from && edge.isSkip())
            .mapToInt(edge -> skipPaths(edge.target(), to))
            .sum();
  }
}
