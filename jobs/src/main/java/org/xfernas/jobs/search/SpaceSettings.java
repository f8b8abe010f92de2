package org.xfernas.jobs.search;

import java.io.Serializable;
import java.util.List;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;

/** A space as a configuration declares it, such as {@code xfernas.search.space}. */
public sealed interface SpaceSettings extends Checked, Serializable {

  /** Names of the operations to choose from. */
  List<String> operations();

  /**
   * The declared space.
   *
   * @throws IllegalArgumentException where it has no architecture
   */
  SearchSpace space();

  @Override
  default void check(Problems problems) {
    problems.attempt(this::space);
  }

  /**
   * A normal and a reduction cell.
   *
   * @param blocks per cell
   * @param operations to choose from
   * @param output which nodes are concatenated
   */
  record BlockCell(int blocks, List<String> operations, OutputRule output)
      implements SpaceSettings {
    @Override
    public SearchSpace space() {
      return new BlockCellSpace(blocks, operations, output);
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
    public SearchSpace space() {
      return new EdgeCellSpace(nodes, operations);
    }
  }
}
