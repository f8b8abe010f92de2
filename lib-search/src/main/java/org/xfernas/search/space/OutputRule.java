package org.xfernas.search.space;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.xfernas.search.space.BlockCells.Block;

/**
 * Which block nodes a cell concatenates as its output. The cell's two inputs, nodes 0 and 1, are
 * never among them.
 */
public enum OutputRule {
  /** The nodes that no block reads (NASNet, NAO). */
  UNUSED {
    @Override
    public List<Integer> outputs(List<Block> blocks) {
      TreeSet<Integer> nodes = new TreeSet<>(ALL.outputs(blocks));
      for (Block block : blocks) {
        nodes.remove(block.left().input());
        nodes.remove(block.right().input());
      }
      return List.copyOf(nodes);
    }
  },
  /** Every block's node (DARTS). */
  ALL {
    @Override
    public List<Integer> outputs(List<Block> blocks) {
      return IntStream.range(2, blocks.size() + 2).boxed().toList();
    }
  };

  /** The output nodes of a cell of these blocks, ascending. */
  public abstract List<Integer> outputs(List<Block> blocks);
}
