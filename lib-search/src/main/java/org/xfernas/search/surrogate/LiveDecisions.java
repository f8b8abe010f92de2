package org.xfernas.search.surrogate;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.Operations;

/**
 * The decisions of an architecture that reach its output, counted: the operation of each live edge;
 * or the input, the operation and both together of each live branch, where the two branches of a
 * block have no order. What is dead counts as such.
 */
final class LiveDecisions {
  private static final int ANY = -1;

  private final List<String> operations;
  private final int inputs;
  private final SortedMap<Long, Double> entries = new TreeMap<>();
  private final double[][] operationCounts;

  private LiveDecisions(List<String> operations, int inputs, int cells) {
    this.operations = operations;
    this.inputs = inputs;
    this.operationCounts = new double[cells][operations.size()];
  }

  /** The decisions of an architecture over the operations of its space. */
  static LiveDecisions of(List<String> operations, Architecture architecture) {
    if (architecture instanceof BlockCells cells) {
      int inputs = cells.normal().blocks().size() + 1;
      LiveDecisions decisions = new LiveDecisions(operations, inputs, 2);
      decisions.addBlocks(0, cells.normal());
      decisions.addBlocks(1, cells.reduction());
      return decisions;
    }
    EdgeCell cell = (EdgeCell) architecture;
    LiveDecisions decisions = new LiveDecisions(operations, 0, 1);
    decisions.addEdges(cell);
    return decisions;
  }

  /** How often each decision was made. */
  SparseVector vector() {
    return SparseVector.of(entries);
  }

  /** How many live edges or branches of a cell have each operation. */
  double[] operationCounts(int cell) {
    return operationCounts[cell];
  }

  private void addEdges(EdgeCell cell) {
    int last = cell.nodes() - 1;
    boolean[] fed = new boolean[last + 1];
    fed[0] = true;
    for (int target = 1; target <= last; target++) {
      for (int source = 0; source < target; source++) {
        fed[target] |= fed[source] && !Operations.isZero(cell.operation(source, target));
      }
    }
    boolean[] used = new boolean[last + 1];
    used[last] = true;
    for (int source = last - 1; source >= 0; source--) {
      for (int target = source + 1; target <= last; target++) {
        used[source] |= used[target] && !Operations.isZero(cell.operation(source, target));
      }
    }
    int slot = 0;
    for (int target = 1; target <= last; target++) {
      for (int source = 0; source < target; source++, slot++) {
        String operation = cell.operation(source, target);
        boolean live = fed[source] && used[target] && !Operations.isZero(operation);
        add(slot, ANY, live ? count(0, operation) : ANY);
      }
    }
  }

  private void addBlocks(int number, Cell cell) {
    int blocks = cell.blocks().size();
    boolean[] fed = new boolean[blocks + 2];
    fed[0] = true;
    fed[1] = true;
    for (int block = 0; block < blocks; block++) {
      for (Branch branch : branches(cell.blocks().get(block))) {
        fed[block + 2] |= fed[branch.input()] && !Operations.isZero(branch.operation());
      }
    }
    boolean[] used = new boolean[blocks + 2];
    cell.outputs().forEach(output -> used[output] = true);
    for (int block = blocks - 1; block >= 0; block--) {
      for (Branch branch : branches(cell.blocks().get(block))) {
        used[branch.input()] |= used[block + 2] && !Operations.isZero(branch.operation());
      }
    }
    for (int block = 0; block < blocks; block++) {
      int slot = number * blocks + block;
      for (Branch branch : branches(cell.blocks().get(block))) {
        if (fed[branch.input()] && used[block + 2] && !Operations.isZero(branch.operation())) {
          int operation = count(number, branch.operation());
          add(slot, branch.input(), operation);
          add(slot, branch.input(), ANY);
          add(slot, ANY, operation);
        } else {
          add(slot, ANY, ANY);
        }
      }
    }
  }

  private static List<Branch> branches(Block block) {
    return List.of(block.left(), block.right());
  }

  private int count(int cell, String name) {
    int operation = operations.indexOf(name);
    operationCounts[cell][operation]++;
    return operation;
  }

  private void add(int slot, int input, int operation) {
    long decision =
        ((long) slot * (inputs + 1) + input + 1) * (operations.size() + 1) + operation + 1;
    entries.merge(decision, 1.0, Double::sum);
  }
}
