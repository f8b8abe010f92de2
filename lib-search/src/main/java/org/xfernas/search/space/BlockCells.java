package org.xfernas.search.space;

import java.util.List;
import java.util.TreeSet;

/**
 * A normal and a reduction cell of the NASNet, NAO and DARTS kind.
 *
 * @param normal the cell that keeps the resolution
 * @param reduction the cell that halves it
 */
public record BlockCells(Cell normal, Cell reduction) implements Architecture {

  /**
   * One side of a block: an operation on an earlier node.
   *
   * @param input node read: 0 is the cell before the previous one, 1 the previous one, b + 2 block
   *     b
   * @param operation name of the operation
   */
  public record Branch(int input, String operation) {
    @Override
    public String toString() {
      return input + " " + operation;
    }
  }

  /** Sum of two branches; the branches may be swapped without changing the function. */
  public record Block(Branch left, Branch right) {
    @Override
    public String toString() {
      return left + " + " + right;
    }
  }

  /**
   * Blocks in order and the nodes that are concatenated as the cell's output.
   *
   * @param blocks block b makes node b + 2
   * @param outputs node numbers, ascending, at least one
   */
  public record Cell(List<Block> blocks, List<Integer> outputs) {
    public Cell {
      blocks = List.copyOf(blocks);
      outputs = List.copyOf(outputs);
      for (int block = 0; block < blocks.size(); block++) {
        requireEarlier(blocks.get(block).left(), block);
        requireEarlier(blocks.get(block).right(), block);
      }
      if (blocks.isEmpty() || outputs.isEmpty()) {
        throw new IllegalArgumentException("A cell needs at least one block and one output node");
      }
    }

    private static void requireEarlier(Branch branch, int block) {
      if (branch.input() < 0 || branch.input() >= block + 2) {
        throw new IllegalArgumentException(
            "Block %d cannot read node %d: it can read nodes 0 to %d"
                .formatted(block, branch.input(), block + 1));
      }
    }

    /** The nodes that no block reads: what is concatenated where {@code output = unused}. */
    public static List<Integer> unused(List<Block> blocks) {
      TreeSet<Integer> nodes = new TreeSet<>();
      for (int block = 0; block < blocks.size(); block++) {
        nodes.add(block + 2);
      }
      for (Block block : blocks) {
        nodes.remove(block.left().input());
        nodes.remove(block.right().input());
      }
      return List.copyOf(nodes);
    }
  }

  @Override
  public String text() {
    throw new UnsupportedOperationException("written with the space block-cell");
  }
}
