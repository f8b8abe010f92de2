package org.xfernas.models.network;

import static java.util.Comparator.comparingLong;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.layer.PlannedVertex;
import org.xfernas.search.Seed;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.EdgeCellSpace;

/**
 * Architectures with equal ids are equal functions of equal weights: every operation of a kind gets
 * the same weights, and the networks' outputs in training are compared.
 */
class EqualIdsTest {
  private static final Optimization NONE = new Optimization(0, 0, 1, 0, 0, 0);
  private static final ImageShape IMAGES = new ImageShape(4, 5, 2);
  private static final int FILTERS = 2;
  private static final int SAMPLED_STRINGS = 400;
  private static final int GROUPS = 20;
  private static final EdgeCellSpace SPACE =
      new EdgeCellSpace(
          4, List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));

  @Test
  void equalIdsAreEqualFunctions() {
    List<Double> outputs = new ArrayList<>();
    for (List<EdgeCell> group : groups()) {
      double first = output(group.get(0));
      for (EdgeCell other : group.subList(1, group.size())) {
        assertThat(output(other))
            .as("%s and %s", group.get(0).text(), other.text())
            .isCloseTo(first, within(1e-9));
      }
      outputs.add(first);
    }
    assertThat(outputs).hasSize(GROUPS).doesNotHaveDuplicates();
  }

  /** Up to three different cells of one id, for several ids. */
  private static List<List<EdgeCell>> groups() {
    RandomGenerator random = new Seed(3).generator();
    Map<String, List<EdgeCell>> cells = new TreeMap<>();
    for (int i = 0; i < SAMPLED_STRINGS; i++) {
      EdgeCell cell = (EdgeCell) SPACE.sample(random);
      List<EdgeCell> group = cells.computeIfAbsent(SPACE.id(cell).value(), id -> new ArrayList<>());
      if (!group.contains(cell) && group.size() < 3) {
        group.add(cell);
      }
    }
    return cells.entrySet().stream()
        .filter(group -> group.getValue().size() > 1)
        .sorted(comparingLong(group -> new Seed(3).child(group.getKey()).value()))
        .limit(GROUPS)
        .map(Map.Entry::getValue)
        .toList();
  }

  private static double output(EdgeCell cell) {
    CandidateNetwork network =
        CandidateNetwork.of(cell, new NetworkSettings(FILTERS, 1), IMAGES, 2);
    ComputationGraph graph =
        new ComputationGraph(network.configuration(NONE, new Seed(1), DataType.DOUBLE));
    graph.init();
    for (PlannedVertex vertex : PlannedVertex.of(graph)) {
      INDArray trainable = vertex.paramTable(false).get("trainable");
      if (vertex.getVertexName().startsWith("cell") && trainable != null) {
        int stage = List.of("cell-1", "cell-3", "cell-5").indexOf(vertex.getVertexName());
        trainable.assign(Nd4j.createFromArray(weights(cell, FILTERS << stage)));
      }
    }
    INDArray images = CandidateNetworkTest.data(IMAGES, 3, 2, 1).getFeatures();
    double output = graph.output(true, images.castTo(DataType.DOUBLE))[0].getDouble(0, 0);
    CandidateNetwork.close(graph);
    return output;
  }

  /** The weights of a cell of {@code channels}, edge by edge. */
  private static double[] weights(EdgeCell cell, int channels) {
    return cell.operations().stream()
        .filter(operation -> operation.startsWith("nor_conv"))
        .mapToInt(operation -> operation.endsWith("3x3") ? 9 : 1)
        .mapToObj(
            window ->
                new Seed(window)
                    .generator()
                    .doubles((long) window * channels * channels + 2L * channels, -1, 1))
        .flatMapToDouble(values -> values)
        .toArray();
  }
}
