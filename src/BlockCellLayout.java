package org.xfernas.models.network;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.models.layer.CellGraph;
import org.xfernas.models.layer.Operation.BatchNorm;
import org.xfernas.models.layer.Operation.Concatenation;
import org.xfernas.models.layer.Operation.Convolution;
import org.xfernas.models.layer.Operation.GlobalAverage;
import org.xfernas.models.layer.Operation.Relu;
import org.xfernas.models.layer.Operation.Sum;
import org.xfernas.models.network.NetworkLayout.Reference;
import org.xfernas.search.space.BlockCells;

/**
 * NAO's network (method.md, section 3): a 3x3 convolution to 3F channels, then N normal cells, a
 * reduction, N normal, a reduction, N normal; filters double at each reduction. Whatever reads a
 * cell rectifies it first, so that each cell does so itself, once for all its readers.
 */
final class BlockCellLayout {
  private static final int STEM_FACTOR = 3;
  private static final int REDUCTIONS = 2;

  private final NetworkLayout.Builder network = new NetworkLayout.Builder();
  private final BlockCells architecture;
  private Reference beforePrevious;
  private Reference previous;

  private BlockCellLayout(BlockCells architecture) {
    this.architecture = architecture;
  }

  static NetworkLayout of(BlockCells architecture, NetworkSettings settings, ImageShape images) {
    BlockCellLayout layout = new BlockCellLayout(architecture);
    layout.addStem(images, STEM_FACTOR * settings.filters());
    int filters = settings.filters();
    layout.addNormalCells(settings.repeats(), filters);
    for (int reduction = 0; reduction < REDUCTIONS; reduction++) {
      filters *= 2;
      layout.addCell("reduction", architecture.reduction(), filters, 2);
      layout.addNormalCells(settings.repeats(), filters);
    }
    CellGraph.Builder head = CellGraph.on(layout.previous.shape());
    layout.network.add(
        "head", head.build(head.add(new GlobalAverage(), 0)), layout.previous.name());
    return layout.network.build();
  }

  private void addStem(ImageShape images, int filters) {
    CellGraph.Builder stem = CellGraph.on(images.features());
    int convolution = stem.add(Convolution.square(3, 1, filters), 0);
    int output = stem.add(new Relu(), stem.add(new BatchNorm(), convolution));
    previous = network.add("stem", stem.build(output), NetworkLayout.IMAGES);
    beforePrevious = previous;
  }

  private void addNormalCells(int count, int filters) {
    for (int i = 0; i < count; i++) {
      addCell("normal", architecture.normal(), filters, 1);
    }
  }

  private void addCell(String kind, BlockCells.Cell cell, int filters, int stride) {
    boolean one = beforePrevious.name().equals(previous.name());
    CellGraph graph =
        one
            ? graph(cell, filters, stride, CellGraph.on(previous.shape()), 0, 0)
            : graph(
                cell,
                filters,
                stride,
                CellGraph.on(beforePrevious.shape(), previous.shape()),
                0,
                1);
    Reference added =
        one
            ? network.add(kind, graph, previous.name())
            : network.add(kind, graph, beforePrevious.name(), previous.name());
    beforePrevious = previous;
    previous = added;
  }

  private static CellGraph graph(
      BlockCells.Cell cell,
      int filters,
      int stride,
      CellGraph.Builder graph,
      int beforePrevious,
      int previous) {
    CellOperations operations = new CellOperations(graph);
    boolean sameSize = graph.shape(beforePrevious).hasSizeOf(graph.shape(previous));
    Convolution toFilters = Convolution.square(1, 1, filters);
    List<Integer> nodes = new ArrayList<>();
    nodes.add(
        sameSize
            ? operations.normalised(toFilters, beforePrevious)
            : operations.factorisedReduction(beforePrevious, filters));
    nodes.add(operations.normalised(toFilters, previous));
    for (BlockCells.Block block : cell.blocks()) {
      int left = branch(operations, block.left(), nodes, stride);
      int right = branch(operations, block.right(), nodes, stride);
      nodes.add(graph.add(new Sum(), left, right));
    }
    List<Integer> outputs = cell.outputs().stream().map(nodes::get).toList();
    int output = outputs.size() == 1 ? outputs.get(0) : graph.add(new Concatenation(), outputs);
    return graph.build(graph.add(new Relu(), output));
  }

  private static int branch(
      CellOperations operations, BlockCells.Branch branch, List<Integer> nodes, int stride) {
    boolean readsInput = branch.input() < 2;
    return operations.add(branch.operation(), nodes.get(branch.input()), readsInput ? stride : 1);
  }
}
