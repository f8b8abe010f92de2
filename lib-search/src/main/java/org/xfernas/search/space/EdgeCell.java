package org.xfernas.search.space;

import java.util.List;

/**
 * A cell of NAS-Bench-201's kind (Dong and Yang 2020): node 0 is the cell's input, every later node
 * the sum of one operation on each node before it, and the last node the cell's output. Text:
 * {@code |op~0|+|op~0|op~1|+|op~0|op~1|op~2|}.
 *
 * @param nodes number of nodes, the input included; at least 2
 * @param operations operation of each edge, ordered by target node, then by source node
 */
public record EdgeCell(int nodes, List<String> operations) implements Architecture {
  public EdgeCell {
    operations = List.copyOf(operations);
    if (nodes < 2 || operations.size() != edges(nodes)) {
      throw new IllegalArgumentException(
          "Cannot make an edge cell: it has an operation per pair of nodes, of which there are at"
              + " least 2 (nodes=%d, operations=%d)".formatted(nodes, operations.size()));
    }
  }

  /** Number of edges between {@code nodes} nodes. */
  static int edges(int nodes) {
    return nodes * (nodes - 1) / 2;
  }

  /** Operation on the edge from node {@code source} to the later node {@code target}. */
  public String operation(int source, int target) {
    return operations.get(edges(target) + source);
  }

  @Override
  public String text() {
    StringBuilder text = new StringBuilder();
    for (int target = 1; target < nodes; target++) {
      text.append(target == 1 ? "|" : "+|");
      for (int source = 0; source < target; source++) {
        text.append(operation(source, target)).append('~').append(source).append('|');
      }
    }
    return text.toString();
  }
}
