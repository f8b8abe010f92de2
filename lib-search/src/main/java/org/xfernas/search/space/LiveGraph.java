package org.xfernas.search.space;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.xfernas.search.Sha256;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;

/**
 * What of a cell reaches its output. A vertex is an input, an output or one application of an
 * operation; it reads a sum of vertices. Nodes have gone: they are sums, so that a node which only
 * passes another on, or which adds to a sum, is written into its readers. Hence:
 *
 * <ul>
 *   <li>Zeros, operations on nothing but zeros, and what no output depends on are dropped.
 *   <li>A skip is contracted everywhere, since sums of sums are sums: {@code skip(a + b) + c} is
 *       {@code a + b + c}. Two skips of the same vertex count twice. A skip that changes the
 *       resolution is an operation with weights, and stays.
 *   <li>Every other operation has weights of its own, so that two equal ones that read the same sum
 *       are two vertices, and one whose value is read twice is one. Pooling is treated alike.
 * </ul>
 */
public final class LiveGraph {

  /**
   * An input, an output or the application of an operation.
   *
   * @param label name of the operation, or of an input or output
   * @param summands the vertices whose sum it reads, with how often each is added
   */
  public record Vertex(String label, Map<Integer, Long> summands) {
    /** Whether it is an input of the cell. */
    public boolean isInput() {
      return label.startsWith(INPUT);
    }

    /** Whether it is an output of the cell. */
    public boolean isOutput() {
      return label.equals(OUTPUT);
    }
  }

  // '#' is in no operation's name.
  private static final String INPUT = "#in";
  private static final String OUTPUT = "#out";

  private final List<Vertex> vertices = new ArrayList<>();

  private LiveGraph() {}

  /**
   * The live vertices of each cell of an architecture, every vertex after those that it reads: one
   * cell for an edge cell, normal and reduction cell for block cells.
   */
  public static List<List<Vertex>> cells(Architecture architecture) {
    if (architecture instanceof BlockCells cells) {
      return List.of(of(cells.normal(), false), of(cells.reduction(), true));
    }
    return List.of(of((EdgeCell) architecture));
  }

  /** Identity of an edge cell. */
  static ArchitectureId id(EdgeCell cell) {
    return digest(CanonicalForm.of(of(cell)));
  }

  /** Identity of a pair of cells. */
  static ArchitectureId id(BlockCells cells) {
    String normal = CanonicalForm.of(of(cells.normal(), false));
    String reduction = CanonicalForm.of(of(cells.reduction(), true));
    return digest(normal + " " + reduction);
  }

  /** The live vertices of an edge cell. */
  static List<Vertex> of(EdgeCell cell) {
    LiveGraph graph = new LiveGraph();
    List<Map<Integer, Long>> nodes = new ArrayList<>();
    nodes.add(graph.add(INPUT, Map.of()));
    for (int target = 1; target < cell.nodes(); target++) {
      Map<Integer, Long> sum = new TreeMap<>();
      for (int source = 0; source < target; source++) {
        addTo(sum, graph.apply(cell.operation(source, target), nodes.get(source), false));
      }
      nodes.add(sum);
    }
    graph.add(OUTPUT, nodes.get(cell.nodes() - 1));
    return graph.live();
  }

  /**
   * The live vertices of a block cell. Output nodes have no order: the weights that read the
   * concatenated channels can be put in the same order as these.
   */
  static List<Vertex> of(Cell cell, boolean reduction) {
    LiveGraph graph = new LiveGraph();
    List<Map<Integer, Long>> nodes = new ArrayList<>();
    nodes.add(graph.add(INPUT + 0, Map.of()));
    nodes.add(graph.add(INPUT + 1, Map.of()));
    for (Block block : cell.blocks()) {
      Map<Integer, Long> sum = new TreeMap<>();
      for (Branch branch : List.of(block.left(), block.right())) {
        boolean resizes = reduction && branch.input() < 2;
        addTo(sum, graph.apply(branch.operation(), nodes.get(branch.input()), resizes));
      }
      nodes.add(sum);
    }
    for (int output : cell.outputs()) {
      graph.add(OUTPUT, nodes.get(output));
    }
    return graph.live();
  }

  private Map<Integer, Long> apply(String operation, Map<Integer, Long> sum, boolean resizes) {
    if (sum.isEmpty() || Operations.isZero(operation)) {
      return Map.of();
    }
    return Operations.isSkip(operation) && !resizes ? sum : add(operation, sum);
  }

  private Map<Integer, Long> add(String label, Map<Integer, Long> summands) {
    vertices.add(new Vertex(label, summands));
    return Map.of(vertices.size() - 1, 1L);
  }

  private static void addTo(Map<Integer, Long> sum, Map<Integer, Long> summands) {
    summands.forEach((vertex, count) -> sum.merge(vertex, count, Math::addExact));
  }

  /** The vertices that an output depends on, renumbered. */
  private List<Vertex> live() {
    boolean[] live = new boolean[vertices.size()];
    for (int vertex = vertices.size() - 1; vertex >= 0; vertex--) {
      live[vertex] |= vertices.get(vertex).label().equals(OUTPUT);
      if (live[vertex]) {
        vertices.get(vertex).summands().keySet().forEach(summand -> live[summand] = true);
      }
    }
    int[] numbers = new int[vertices.size()];
    List<Vertex> kept = new ArrayList<>();
    for (int vertex = 0; vertex < live.length; vertex++) {
      if (live[vertex]) {
        numbers[vertex] = kept.size();
        Map<Integer, Long> summands = new TreeMap<>();
        vertices
            .get(vertex)
            .summands()
            .forEach((read, count) -> summands.put(numbers[read], count));
        kept.add(new Vertex(vertices.get(vertex).label(), summands));
      }
    }
    return kept;
  }

  private static ArchitectureId digest(String form) {
    byte[] hash = Sha256.digest().digest(form.getBytes(StandardCharsets.UTF_8));
    return new ArchitectureId(HexFormat.of().formatHex(Arrays.copyOf(hash, 16)));
  }
}
