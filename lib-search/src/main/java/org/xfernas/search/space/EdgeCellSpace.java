package org.xfernas.search.space;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * All {@link EdgeCell}s of a number of nodes over a list of operations (NAS-Bench-201,
 * TransNAS-Bench). One token per edge, ordered by target node, then by source node: the position of
 * its operation in the declared list.
 */
public final class EdgeCellSpace extends DecisionSpace {
  private static final String TYPE = "edge-cell";

  private final int nodes;

  /**
   * @param nodes number of nodes, the input included; at least 2
   * @param operations names, all different, not all of them zero
   * @throws IllegalArgumentException naming everything that is wrong with the declaration
   */
  public EdgeCellSpace(int nodes, List<String> operations) {
    super(operations, decisions(nodes, operations));
    this.nodes = nodes;
  }

  private static List<Decision> decisions(int nodes, List<String> operations) {
    new Declaration(TYPE).atLeast(2, "nodes", nodes).operations(operations).check();
    List<Decision> decisions = new ArrayList<>();
    for (int target = 1; target < nodes; target++) {
      for (int source = 0; source < target; source++) {
        decisions.add(
            new Decision(
                "the operation from node %d to node %d".formatted(source, target),
                0,
                operations.size()));
      }
    }
    return decisions;
  }

  @Override
  public String type() {
    return TYPE;
  }

  /** Number of nodes, the input included. */
  public int nodes() {
    return nodes;
  }

  @Override
  public EdgeCell parse(String text) {
    TextReader reader = new TextReader(text);
    List<String> chosen = new ArrayList<>();
    for (int target = 1; target < nodes; target++) {
      reader.expect(target == 1 ? "|" : "+|");
      for (int source = 0; source < target; source++) {
        chosen.add(reader.operation(operations()));
        reader.expect("~" + source + "|");
      }
    }
    reader.expectEnd();
    return new EdgeCell(nodes, chosen);
  }

  @Override
  public ArchitectureId id(Architecture architecture) {
    return LiveGraph.id(cell(architecture));
  }

  @Override
  int[] tokens(Architecture architecture) {
    return cell(architecture).operations().stream()
        .mapToInt(operation -> position(operation, architecture))
        .toArray();
  }

  @Override
  EdgeCell architecture(int[] tokens) {
    return new EdgeCell(nodes, Arrays.stream(tokens).mapToObj(operations()::get).toList());
  }

  @Override
  EdgeCell revised(Architecture architecture, int[] tokens) {
    return architecture(tokens);
  }

  private EdgeCell cell(Architecture architecture) {
    if (architecture instanceof EdgeCell cell && cell.nodes() == nodes) {
      return cell;
    }
    throw foreign(architecture, "nodes=" + nodes);
  }

  @Override
  public String toString() {
    return "%s of %d nodes".formatted(TYPE, nodes);
  }
}
