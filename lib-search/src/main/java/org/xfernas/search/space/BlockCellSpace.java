package org.xfernas.search.space;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;

/**
 * All {@link BlockCells} of a number of blocks over a list of operations (NASNet, NAO, DARTS).
 *
 * <p>Two tokens per branch, (input, operation): 2 cells x B blocks x 2 branches x 2 tokens, the
 * normal cell first; 40 for B = 5. Tokens 0 to B are input nodes, token B + 1 + k is the k-th
 * declared operation. This is NAO's form with kind and kernel joined, so that every row of valid
 * tokens is an architecture. Output nodes have no tokens: they follow the rule. An architecture
 * that names others can be parsed, evaluated and mutated, but not encoded.
 */
public final class BlockCellSpace extends DecisionSpace {
  private static final String TYPE = "block-cell";
  private static final int TOKENS_PER_BLOCK = 4;

  private final int blocks;
  private final OutputRule outputRule;

  /**
   * @param blocks blocks of each cell, at least 1
   * @param operations names, all different, not all of them zero
   * @param outputRule which nodes are concatenated as the cell's output
   * @throws IllegalArgumentException naming everything that is wrong with the declaration
   */
  public BlockCellSpace(int blocks, List<String> operations, OutputRule outputRule) {
    super(operations, decisions(blocks, operations));
    this.blocks = blocks;
    this.outputRule = outputRule;
  }

  private static List<Decision> decisions(int blocks, List<String> operations) {
    new Declaration(TYPE).atLeast(1, "blocks", blocks).operations(operations).check();
    List<Decision> decisions = new ArrayList<>();
    for (String cell : List.of("normal", "reduction")) {
      for (int block = 0; block < blocks; block++) {
        for (String branch : List.of("left", "right")) {
          String of = "of the %s branch of %s block %d".formatted(branch, cell, block);
          decisions.add(new Decision("the input " + of, 0, block + 2));
          decisions.add(new Decision("the operation " + of, blocks + 1, operations.size()));
        }
      }
    }
    return decisions;
  }

  @Override
  public String type() {
    return TYPE;
  }

  /** Blocks of each cell. */
  public int blocks() {
    return blocks;
  }

  /** Which nodes are concatenated as the cell's output. */
  public OutputRule outputRule() {
    return outputRule;
  }

  @Override
  public BlockCells parse(String text) {
    TextReader reader = new TextReader(text);
    Cell normal = parseCell(reader, "normal");
    Cell reduction = parseCell(reader, "reduction");
    reader.skipSpace().expectEnd();
    return new BlockCells(normal, reduction, outputRule);
  }

  private Cell parseCell(TextReader reader, String name) {
    reader.skipSpace().expect(name);
    reader.skipSpace().expect("[");
    List<Block> parsed = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      if (block > 0) {
        reader.skipSpace().expect("|");
      }
      Branch left = parseBranch(reader, block);
      reader.skipSpace().expect("+");
      parsed.add(new Block(left, parseBranch(reader, block)));
    }
    List<Integer> outputs =
        reader.skipSpace().next(TextReader.ARROW)
            ? parseOutputs(reader)
            : outputRule.outputs(parsed);
    if (!reader.skipSpace().next("]")) {
      throw reader.expected("\"]\" after %d blocks".formatted(blocks));
    }
    return new Cell(parsed, outputs);
  }

  private Branch parseBranch(TextReader reader, int block) {
    int input = reader.skipSpace().number("an input node", 0, block + 1);
    return new Branch(input, reader.skipSpace().operation(operations()));
  }

  private List<Integer> parseOutputs(TextReader reader) {
    List<Integer> outputs = new ArrayList<>();
    int first = 2;
    do {
      int output = reader.skipSpace().number("an output node", first, blocks + 1);
      outputs.add(output);
      first = output + 1;
    } while (first <= blocks + 1 && reader.skipSpace().next(","));
    return outputs;
  }

  @Override
  public ArchitectureId id(Architecture architecture) {
    return LiveGraph.id(cells(architecture));
  }

  @Override
  public boolean encodes(Architecture architecture) {
    BlockCells cells = cells(architecture);
    return followsRule(cells.normal()) && followsRule(cells.reduction());
  }

  @Override
  public int[] encode(Architecture architecture) {
    BlockCells cells = cells(architecture);
    if (!encodes(cells)) {
      throw new IllegalArgumentException(
          "Cannot encode: tokens name no output nodes, and these are not those of the rule"
              + " (output=%s, architecture=%s)".formatted(outputRule, cells.text()));
    }
    return tokens(cells);
  }

  @Override
  int[] tokens(Architecture architecture) {
    BlockCells cells = cells(architecture);
    int[] tokens = new int[2 * blocks * TOKENS_PER_BLOCK];
    int position = 0;
    for (Cell cell : List.of(cells.normal(), cells.reduction())) {
      for (Block block : cell.blocks()) {
        for (Branch branch : List.of(block.left(), block.right())) {
          tokens[position++] = branch.input();
          tokens[position++] = blocks + 1 + position(branch.operation(), architecture);
        }
      }
    }
    return tokens;
  }

  @Override
  BlockCells architecture(int[] tokens) {
    return new BlockCells(
        Cell.of(blocks(tokens, 0), outputRule), Cell.of(blocks(tokens, 1), outputRule), outputRule);
  }

  @Override
  BlockCells revised(Architecture architecture, int[] tokens) {
    BlockCells cells = cells(architecture);
    return new BlockCells(
        revised(cells.normal(), blocks(tokens, 0)),
        revised(cells.reduction(), blocks(tokens, 1)),
        outputRule);
  }

  private Cell revised(Cell cell, List<Block> revised) {
    return followsRule(cell) ? Cell.of(revised, outputRule) : new Cell(revised, cell.outputs());
  }

  private boolean followsRule(Cell cell) {
    return cell.outputs().equals(outputRule.outputs(cell.blocks()));
  }

  /** The blocks of the first (0) or second (1) cell. */
  private List<Block> blocks(int[] tokens, int cell) {
    List<Block> made = new ArrayList<>();
    for (int block = 0; block < blocks; block++) {
      int position = (cell * blocks + block) * TOKENS_PER_BLOCK;
      made.add(new Block(branch(tokens, position), branch(tokens, position + 2)));
    }
    return made;
  }

  private Branch branch(int[] tokens, int position) {
    return new Branch(tokens[position], operations().get(tokens[position + 1] - blocks - 1));
  }

  private BlockCells cells(Architecture architecture) {
    if (architecture instanceof BlockCells cells
        && cells.normal().blocks().size() == blocks
        && cells.reduction().blocks().size() == blocks
        && cells.outputRule() == outputRule) {
      return cells;
    }
    throw foreign(architecture, "output=" + outputRule);
  }

  @Override
  public String toString() {
    return "%s of %d blocks".formatted(TYPE, blocks);
  }
}
