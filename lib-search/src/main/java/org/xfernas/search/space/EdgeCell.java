package org.xfernas.search.space;

import java.util.List;

/**
 * A cell of NAS-Bench-201's kind (Dong and Yang 2020): every node sums one operation per earlier
 * node.
 *
 * @param nodes number of nodes, the input included; at least 2
 * @param operations operation of each edge, ordered by target node, then by source node
 */
public record EdgeCell(int nodes, List<String> operations) implements Architecture {
  public EdgeCell {
    operations = List.copyOf(operations);
    if (nodes < 2 || operations.size() != nodes * (nodes - 1) / 2) {
      throw new IllegalArgumentException(
          "An edge cell of %d nodes cannot have %d operations".formatted(nodes, operations.size()));
    }
  }

  /** Operation on the edge from node {@code source} to the later node {@code target}. */
  public String operation(int source, int target) {
    return operations.get(target * (target - 1) / 2 + source);
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
