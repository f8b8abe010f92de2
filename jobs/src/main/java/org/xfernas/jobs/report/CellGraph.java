package org.xfernas.jobs.report;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;
import org.xfernas.search.space.EdgeCell;

/**
 * A cell as boxes and arrows.
 *
 * @param caption what it is a picture of
 * @param boxes in the order in which data passes them
 * @param arrows from box to box
 */
record CellGraph(String caption, List<Box> boxes, List<Arrow> arrows) {

  /** What a box stands for. */
  enum Kind {
    INPUT,
    OPERATION,
    SUM,
    OUTPUT
  }

  /** A box with its text. */
  record Box(Kind kind, String label) {}

  /** An arrow between two boxes, by their positions. */
  record Arrow(int source, int target) {}

  /** The operation that passes nothing on, and is not drawn. */
  private static final String NONE = "none";

  CellGraph {
    boxes = List.copyOf(boxes);
    arrows = List.copyOf(arrows);
  }

  /** One graph per cell of the architecture. */
  static List<CellGraph> of(Architecture architecture) {
    if (architecture instanceof BlockCells cells) {
      return List.of(of("Normal cell", cells.normal()), of("Reduction cell", cells.reduction()));
    }
    return List.of(of((EdgeCell) architecture));
  }

  private static CellGraph of(String caption, Cell cell) {
    Builder graph = new Builder();
    List<Integer> nodes = new ArrayList<>();
    nodes.add(graph.box(Kind.INPUT, "0: cell before the previous"));
    nodes.add(graph.box(Kind.INPUT, "1: previous cell"));
    for (Block block : cell.blocks()) {
      int sum = graph.box(Kind.SUM, "%d: sum".formatted(nodes.size()));
      for (Branch branch : List.of(block.left(), block.right())) {
        graph.operation(nodes.get(branch.input()), branch.operation(), sum);
      }
      nodes.add(sum);
    }
    int output = graph.box(Kind.OUTPUT, "concatenation");
    cell.outputs().forEach(node -> graph.arrow(nodes.get(node), output));
    return graph.build(caption);
  }

  private static CellGraph of(EdgeCell cell) {
    Builder graph = new Builder();
    int last = cell.nodes() - 1;
    for (int node = 0; node <= last; node++) {
      if (node == 0) {
        graph.box(Kind.INPUT, "0: input");
      } else if (node == last) {
        graph.box(Kind.OUTPUT, "%d: sum, output".formatted(node));
      } else {
        graph.box(Kind.SUM, "%d: sum".formatted(node));
      }
    }
    for (int target = 1; target <= last; target++) {
      for (int source = 0; source < target; source++) {
        if (!cell.operation(source, target).equals(NONE)) {
          graph.operation(source, cell.operation(source, target), target);
        }
      }
    }
    return graph.build("Cell");
  }

  private static final class Builder {
    private final List<Box> boxes = new ArrayList<>();
    private final List<Arrow> arrows = new ArrayList<>();

    int box(Kind kind, String label) {
      boxes.add(new Box(kind, label));
      return boxes.size() - 1;
    }

    void arrow(int source, int target) {
      arrows.add(new Arrow(source, target));
    }

    void operation(int source, String name, int target) {
      int operation = box(Kind.OPERATION, name);
      arrow(source, operation);
      arrow(operation, target);
    }

    CellGraph build(String caption) {
      return new CellGraph(caption, boxes, arrows);
    }
  }
}
