package org.xfernas.search.space;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * A normal and a reduction cell of the NASNet, NAO and DARTS kind. Text: {@code normal[0 conv_3x3 +
 * 1 identity | 2 conv_1x1 + 0 max_pool_3x3] reduction[...]}; where a cell's outputs are not those
 * of the rule, they are named at its end: {@code normal[... -> 2,3]}.
 *
 * @param normal the cell that keeps the resolution
 * @param reduction the cell that halves it: on what it reads from nodes 0 and 1 its operations have
 *     stride 2
 * @param outputRule rule of the space, which the text leaves unsaid
 */
public record BlockCells(Cell normal, Cell reduction, OutputRule outputRule)
    implements Architecture {

  public BlockCells {
    Objects.requireNonNull(normal, "normal");
    Objects.requireNonNull(reduction, "reduction");
    Objects.requireNonNull(outputRule, "outputRule");
  }

  /**
   * One side of a block: an operation on an earlier node.
   *
   * @param input node read: 0 is the cell before the previous one, 1 the previous one, b + 2 block
   *     b
   * @param operation name of the operation
   */
  public record Branch(int input, String operation) {
    public Branch {
      Objects.requireNonNull(operation, "operation");
    }

    @Override
    public String toString() {
      return input + " " + operation;
    }
  }

  /** Sum of two branches; swapping them changes the text, not the function. */
  public record Block(Branch left, Branch right) {
    @Override
    public String toString() {
      return left + " + " + right;
    }
  }

  /**
   * Blocks in order and the nodes that are concatenated as the cell's output.
   *
   * @param blocks block b makes node b + 2; at least one
   * @param outputs numbers of block nodes, ascending, at least one
   */
  public record Cell(List<Block> blocks, List<Integer> outputs) {
    public Cell {
      blocks = List.copyOf(blocks);
      outputs = List.copyOf(outputs);
      if (blocks.isEmpty()) {
        throw new IllegalArgumentException("Cannot make a cell: it needs at least one block");
      }
      for (int block = 0; block < blocks.size(); block++) {
        requireEarlier(blocks.get(block).left(), block);
        requireEarlier(blocks.get(block).right(), block);
      }
      requireBlockNodes(outputs, blocks.size());
    }

    /** The cell whose outputs follow the rule. */
    public static Cell of(List<Block> blocks, OutputRule rule) {
      return new Cell(blocks, rule.outputs(blocks));
    }

    private static void requireEarlier(Branch branch, int block) {
      if (branch.input() < 0 || branch.input() > block + 1) {
        throw new IllegalArgumentException(
            "Cannot make a cell: block %d reads nodes 0 to %d (input=%d)"
                .formatted(block, block + 1, branch.input()));
      }
    }

    private static void requireBlockNodes(List<Integer> outputs, int blocks) {
      if (outputs.isEmpty()
          || !outputs.equals(List.copyOf(new TreeSet<>(outputs)))
          || outputs.get(0) < 2
          || outputs.get(outputs.size() - 1) > blocks + 1) {
        throw new IllegalArgumentException(
            "Cannot make a cell: its outputs are ascending nodes from 2 to %d (outputs=%s)"
                .formatted(blocks + 1, outputs));
      }
    }

    private String text(OutputRule rule) {
      String text = blocks.stream().map(Block::toString).collect(joining(" | "));
      return outputs.equals(rule.outputs(blocks))
          ? text
          : text + " -> " + outputs.stream().map(String::valueOf).collect(joining(","));
    }
  }

  @Override
  public String text() {
    return "normal[%s] reduction[%s]"
        .formatted(normal.text(outputRule), reduction.text(outputRule));
  }
}
