package org.xfernas.search.space;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toMap;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.jgrapht.Graph;
import org.jgrapht.alg.isomorphism.VF2GraphIsomorphismInspector;
import org.jgrapht.graph.DefaultDirectedGraph;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * How the identities of NAS-Bench-201's 15,625 strings come about, and how they compare with the
 * benchmark's own classes, {@code unique_str}:
 *
 * <table>
 * <caption>Classes of strings</caption>
 * <tr><td>strings<td>15,625
 * <tr><td>live graphs up to isomorphism<td>8,765
 * <tr><td>with skips contracted: the identities<td>5,425
 * <tr><td>{@code unique_str}<td>6,466
 * </table>
 *
 * <p>{@code unique_str} writes the output as an expression of the input. It is finer than the
 * identity twice, and coarser once:
 *
 * <ol>
 *   <li>it keeps zeros as terms, and operations on them; without those, 5,390 expressions are left;
 *   <li>it sorts the terms of a sum, but not those of a sum that a skip adds to another, so that a
 *       + (b + c) and (a + c) + b differ; with sums flattened, 4,930 are left;
 *   <li>an expression does not say whether two equal parts are one operation read twice or two
 *       operations with weights of their own; told apart, there are 495 more: 5,425.
 * </ol>
 */
class NasBench201IdTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(4, Operations.NAS_BENCH_201);
  private static final Path TABLE = Path.of("../../shared/data/nasbench201.csv.gz");

  private static List<EdgeCell> cells;
  private static Map<EdgeCell, String> uniqueStrings;

  @BeforeAll
  static void readTable() throws IOException {
    assumeTrue(Files.exists(TABLE), "the table of NAS-Bench-201 is not there");
    cells = new ArrayList<>();
    uniqueStrings = new HashMap<>();
    try (CSVParser rows =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .build()
            .parse(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(TABLE)), StandardCharsets.UTF_8))) {
      for (CSVRecord row : rows) {
        EdgeCell cell = SPACE.parse(row.get("arch"));
        assertThat(cell.text()).isEqualTo(row.get("arch"));
        cells.add(cell);
        uniqueStrings.put(cell, row.get("unique_str"));
      }
    }
  }

  @Test
  void readsEveryArchitectureOfTheSpaceOnce() {
    assertThat(new HashSet<>(cells)).hasSize(15_625);
  }

  @Test
  void hasOneIdPerFunction() {
    assertThat(classes(SPACE::id)).isEqualTo(5_425);
    ArchitectureIdTest.assertSamePartition(
        cells, SPACE::id, cell -> ReferenceCell.of(cell).leastResult());
  }

  @Test
  void hasOneIdPerLiveGraphAndFewerOnes() {
    Map<EdgeCell, Set<LiveEdge>> liveGraphs = liveGraphsUpToIsomorphism();

    assertThat(classes(liveGraphs::get)).isEqualTo(8_765);
    assertCoarser(SPACE::id, liveGraphs::get);
  }

  @Test
  void comparesWithTheBenchmarksClasses() {
    Function<EdgeCell, String> withoutZeros = cell -> expression(cell, false, false);
    Function<EdgeCell, String> flattened = cell -> expression(cell, false, true);

    assertThat(cells)
        .allMatch(cell -> uniqueStrings.get(cell).equals(expression(cell, true, false)));
    assertThat(classes(uniqueStrings::get)).isEqualTo(6_466);
    assertCoarser(withoutZeros, uniqueStrings::get);
    assertThat(classes(withoutZeros)).isEqualTo(5_390);
    assertCoarser(flattened, withoutZeros);
    assertThat(classes(flattened)).isEqualTo(4_930);
    assertCoarser(flattened, SPACE::id);
    assertThat(classes(SPACE::id)).isEqualTo(4_930 + 495);
    assertThat(classes(cell -> List.of(SPACE.id(cell), uniqueStrings.get(cell)))).isEqualTo(7_122);
  }

  private static long classes(Function<EdgeCell, ?> classOf) {
    return cells.stream().map(classOf).distinct().count();
  }

  private static void assertCoarser(Function<EdgeCell, ?> coarse, Function<EdgeCell, ?> fine) {
    assertThat(classes(cell -> List.of(fine.apply(cell), coarse.apply(cell))))
        .isEqualTo(classes(fine));
  }

  /** The output as an expression of the input, "0"; the benchmark's own keeps zeros, "#". */
  private static String expression(EdgeCell cell, boolean keepsZeros, boolean flattensSums) {
    List<List<String>> nodes = new ArrayList<>(List.of(List.of("0")));
    for (int target = 1; target < cell.nodes(); target++) {
      List<String> terms = new ArrayList<>();
      for (int source = 0; source < target; source++) {
        String operation = cell.operation(source, target);
        String read = String.join("+", nodes.get(source));
        if (operation.equals("none") || read.isEmpty() || read.equals("#")) {
          terms.addAll(keepsZeros ? List.of("#") : List.of());
        } else if (operation.equals("skip_connect")) {
          terms.addAll(flattensSums ? nodes.get(source) : List.of(read));
        } else {
          terms.add("(" + read + ")@" + operation);
        }
      }
      nodes.add(terms.stream().sorted().toList());
    }
    return String.join("+", nodes.get(cell.nodes() - 1));
  }

  private record LiveEdge(int source, int target, String operation) {}

  /** A representative of each cell's live graph, skips left as they are; found by JGraphT. */
  private static Map<EdgeCell, Set<LiveEdge>> liveGraphsUpToIsomorphism() {
    Map<String, Map<Set<LiveEdge>, Graph<Integer, LiveEdge>>> representatives = new HashMap<>();
    Map<Set<LiveEdge>, Set<LiveEdge>> representativeOf = new HashMap<>();
    for (Set<LiveEdge> edges : cells.stream().map(NasBench201IdTest::liveEdges).collect(toSet())) {
      Map<Set<LiveEdge>, Graph<Integer, LiveEdge>> alike =
          representatives.computeIfAbsent(sortedOperations(edges), key -> new HashMap<>());
      Graph<Integer, LiveEdge> graph = graph(edges);
      Set<LiveEdge> representative =
          alike.entrySet().stream()
              .filter(known -> isomorphic(known.getValue(), graph))
              .map(Map.Entry::getKey)
              .findFirst()
              .orElse(edges);
      alike.putIfAbsent(representative, graph);
      representativeOf.put(edges, representative);
    }
    return cells.stream()
        .collect(toMap(cell -> cell, cell -> representativeOf.get(liveEdges(cell))));
  }

  /** The edges on a path of operations other than zero from input to output. */
  private static Set<LiveEdge> liveEdges(EdgeCell cell) {
    int last = cell.nodes() - 1;
    boolean[] fed = new boolean[cell.nodes()];
    boolean[] used = new boolean[cell.nodes()];
    fed[0] = true;
    used[last] = true;
    List<LiveEdge> edges = new ArrayList<>();
    for (int target = 1; target <= last; target++) {
      for (int source = 0; source < target; source++) {
        if (!cell.operation(source, target).equals("none")) {
          edges.add(new LiveEdge(source, target, cell.operation(source, target)));
          fed[target] |= fed[source];
        }
      }
    }
    for (int i = edges.size() - 1; i >= 0; i--) {
      used[edges.get(i).source()] |= used[edges.get(i).target()];
    }
    return edges.stream()
        .filter(edge -> fed[edge.source()] && used[edge.target()])
        .collect(toSet());
  }

  private static String sortedOperations(Set<LiveEdge> edges) {
    return edges.stream().map(LiveEdge::operation).sorted().collect(joining(" "));
  }

  private static Graph<Integer, LiveEdge> graph(Set<LiveEdge> edges) {
    Graph<Integer, LiveEdge> graph = new DefaultDirectedGraph<>(LiveEdge.class);
    for (LiveEdge edge : edges) {
      graph.addVertex(edge.source());
      graph.addVertex(edge.target());
      graph.addEdge(edge.source(), edge.target(), edge);
    }
    return graph;
  }

  private static boolean isomorphic(Graph<Integer, LiveEdge> one, Graph<Integer, LiveEdge> other) {
    return one.vertexSet().size() == other.vertexSet().size()
        && (one.vertexSet().isEmpty()
            || new VF2GraphIsomorphismInspector<>(
                    one,
                    other,
                    Comparator.comparing(NasBench201IdTest::role),
                    Comparator.comparing(LiveEdge::operation))
                .isomorphismExists());
  }

  private static String role(int node) {
    return node == 0 ? "input" : node == SPACE.nodes() - 1 ? "output" : "inner";
  }
}
