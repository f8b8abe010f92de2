package org.xfernas.jobs.search;

import java.util.List;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;

/** The section {@code xfernas.search.space}. */
public sealed interface SpaceSettings extends Checked {

  /** Names of the operations to choose from. */
  List<String> operations();

  /**
   * A normal and a reduction cell.
   *
   * @param blocks per cell
   * @param operations to choose from
   * @param output which nodes are concatenated
   */
  record BlockCell(int blocks, List<String> operations, Output output) implements SpaceSettings {
    @Override
    public void check(Problems problems) {
      problems.require(
          blocks > 0, "blocks", "a cell without blocks has no architecture; set it to 1 or more");
      SpaceSettings.checkOperations(operations, problems);
    }
  }

  /**
   * One cell with an operation on every edge.
   *
   * @param nodes the input included
   * @param operations to choose from
   */
  record EdgeCell(int nodes, List<String> operations) implements SpaceSettings {
    @Override
    public void check(Problems problems) {
      problems.require(
          nodes > 1, "nodes", "a cell without edges has no architecture; set it to 2 or more");
      SpaceSettings.checkOperations(operations, problems);
    }
  }

  /** Nodes that make the output of a cell. */
  enum Output {
    UNUSED,
    ALL
  }

  private static void checkOperations(List<String> operations, Problems problems) {
    problems.require(
        !operations.isEmpty(),
        "operations",
        "a space without operations has no architecture; name at least one");
    problems.require(
        operations.stream().distinct().count() == operations.size(),
        "operations",
        "names an operation twice; name each once");
  }
}
