package org.xfernas.models.network;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.models.layer.CellGraph;
import org.xfernas.models.layer.FeatureShape;
import org.xfernas.models.layer.Operation.BatchNorm;
import org.xfernas.models.layer.Operation.Convolution;
import org.xfernas.models.layer.Operation.GlobalAverage;
import org.xfernas.models.layer.Operation.Pooling;
import org.xfernas.models.layer.Operation.Relu;
import org.xfernas.models.layer.Operation.Sum;
import org.xfernas.models.network.NetworkLayout.Reference;
import org.xfernas.search.space.EdgeCell;

/**
 * NAS-Bench-201's network (Dong and Yang 2020, figure 1): a 3x3 convolution to C channels, N cells,
 * a residual block of stride 2, N cells of 2C, a residual block, N cells of 4C; batch norm, ReLU,
 * global average.
 */
final class EdgeCellLayout {
  private static final int STAGES = 3;

  private final NetworkLayout.Builder network = new NetworkLayout.Builder();
  private Reference previous;

  private EdgeCellLayout() {}

  static NetworkLayout of(EdgeCell architecture, NetworkSettings settings, ImageShape images) {
    EdgeCellLayout layout = new EdgeCellLayout();
    CellGraph.Builder stem = CellGraph.on(images.features());
    int convolution = stem.add(Convolution.square(3, 1, settings.filters()), 0);
    layout.previous =
        layout.network.add(
            "stem", stem.build(stem.add(new BatchNorm(), convolution)), NetworkLayout.IMAGES);
    for (int stage = 0; stage < STAGES; stage++) {
      if (stage > 0) {
        layout.append("residual", residual(layout.previous.shape()));
      }
      for (int cell = 0; cell < settings.repeats(); cell++) {
        layout.append("cell", cell(architecture, layout.previous.shape()));
      }
    }
    layout.append("head", head(layout.previous.shape()));
    return layout.network.build();
  }

  private void append(String kind, CellGraph cell) {
    previous = network.add(kind, cell, previous.name());
  }

  private static CellGraph cell(EdgeCell architecture, FeatureShape input) {
    CellGraph.Builder graph = CellGraph.on(input);
    CellOperations operations = new CellOperations(graph);
    List<Integer> nodes = new ArrayList<>(List.of(0));
    for (int target = 1; target < architecture.nodes(); target++) {
      List<Integer> edges = new ArrayList<>();
      for (int source = 0; source < target; source++) {
        edges.add(operations.add(architecture.operation(source, target), nodes.get(source), 1));
      }
      nodes.add(edges.size() == 1 ? edges.get(0) : graph.add(new Sum(), edges));
    }
    return graph.build(nodes.get(nodes.size() - 1));
  }

  /** Two 3x3 convolutions, the first of stride 2, beside an average and a 1x1 convolution. */
  private static CellGraph residual(FeatureShape input) {
    CellGraph.Builder graph = CellGraph.on(input);
    CellOperations operations = new CellOperations(graph);
    int filters = 2 * input.channels();
    int first = operations.normalised(Convolution.square(3, 2, filters), operations.relu(0));
    int second = operations.normalised(Convolution.square(3, 1, filters), operations.relu(first));
    int average = graph.add(new Pooling(Pooling.Kind.AVERAGE, 2, 2), 0);
    int shortcut = graph.add(Convolution.square(1, 1, filters), average);
    return graph.build(graph.add(new Sum(), shortcut, second));
  }

  private static CellGraph head(FeatureShape input) {
    CellGraph.Builder graph = CellGraph.on(input);
    int rectified = graph.add(new Relu(), graph.add(new BatchNorm(), 0));
    return graph.build(graph.add(new GlobalAverage(), rectified));
  }
}
