package org.xfernas.search.space;

import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.search.Seed;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;

/** Equal ids are equal functions of equal weights, in both spaces. */
class ArchitectureIdTest {
  private static final EdgeCellSpace EDGES =
      new EdgeCellSpace(4, List.of("none", "skip_connect", "conv", "pool"));
  private static final BlockCellSpace BLOCKS =
      new BlockCellSpace(5, Operations.LARGE_SPACE, OutputRule.UNUSED);
  private static final List<String> OPERATIONS = List.of("none", "identity", "conv");

  static LongStream seeds() {
    return LongStream.range(0, 50);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "dead edges; |conv~0|+|none~0|none~1|+|pool~0|none~1|conv~2|;"
            + " |none~0|+|none~0|conv~1|+|pool~0|skip_connect~1|none~2|",
        "node numbers; |conv~0|+|pool~0|none~1|+|none~0|pool~1|conv~2|;"
            + " |pool~0|+|conv~0|none~1|+|none~0|conv~1|pool~2|",
        "a skip into a node of its own; |skip_connect~0|+|none~0|conv~1|+|none~0|none~1|conv~2|;"
            + " |conv~0|+|none~0|none~1|+|none~0|conv~1|none~2|",
        "a skip that adds a sum to a sum;"
            + " |conv~0|+|pool~0|skip_connect~1|+|skip_connect~0|none~1|skip_connect~2|;"
            + " |conv~0|+|pool~0|none~1|+|skip_connect~0|skip_connect~1|skip_connect~2|",
        "nothing at all; |none~0|+|none~0|none~1|+|none~0|none~1|none~2|;"
            + " |conv~0|+|conv~0|conv~1|+|none~0|none~1|none~2|"
      })
  void isEqualWhereOnlyThisDiffers(String difference, String one, String other) {
    assertThat(EDGES.id(EDGES.parse(one))).as(difference).isEqualTo(EDGES.id(EDGES.parse(other)));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "an operation; |conv~0|+|none~0|none~1|+|none~0|conv~1|none~2|;"
            + " |conv~0|+|none~0|none~1|+|none~0|pool~1|none~2|",
        "x and 2x;"
            + " |skip_connect~0|+|none~0|none~1|+|none~0|skip_connect~1|none~2|;"
            + " |skip_connect~0|+|none~0|none~1|+|skip_connect~0|skip_connect~1|none~2|",
        "one operation read twice and two operations;"
            + " |conv~0|+|none~0|skip_connect~1|+|none~0|conv~1|conv~2|;"
            + " |conv~0|+|conv~0|none~1|+|none~0|conv~1|conv~2|",
        "an operation before a sum and after it;"
            + " |skip_connect~0|+|conv~0|none~1|+|skip_connect~0|none~1|conv~2|;"
            + " |conv~0|+|skip_connect~0|skip_connect~1|+|none~0|none~1|conv~2|"
      })
  void differsWhereThisDiffers(String difference, String one, String other) {
    assertThat(EDGES.id(EDGES.parse(one)))
        .as(difference)
        .isNotEqualTo(EDGES.id(EDGES.parse(other)));
  }

  /** Nodes 2 and 3 are x0 + x1 where identity has no weights, and two functions where it has. */
  @Test
  void contractsAnIdentityOnlyAtStrideOne() {
    BlockCellSpace space = new BlockCellSpace(3, List.of("identity", "conv"), OutputRule.ALL);
    String sums = "0 identity + 1 identity | 0 identity + 1 identity | ";
    String same = sums + "2 conv + 2 conv";
    String both = sums + "2 conv + 3 conv";
    Architecture plain = space.parse("normal[%s] reduction[%s]".formatted(same, same));
    Architecture normal = space.parse("normal[%s] reduction[%s]".formatted(both, same));
    Architecture reduction = space.parse("normal[%s] reduction[%s]".formatted(same, both));

    assertThat(space.id(normal)).isEqualTo(space.id(plain));
    assertThat(space.id(reduction)).isNotEqualTo(space.id(plain));
  }

  @Test
  void tellsNormalFromReduction() {
    String one = "0 conv + 0 conv";
    String other = "0 conv + 1 conv";
    BlockCellSpace space = new BlockCellSpace(1, List.of("conv"), OutputRule.ALL);

    assertThat(space.id(space.parse("normal[%s] reduction[%s]".formatted(one, other))))
        .isNotEqualTo(space.id(space.parse("normal[%s] reduction[%s]".formatted(other, one))));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ignoresTheNumbersOfAnEdgeCellsNodes(long seed) {
    RandomGenerator random = new Seed(seed).child("relabel").generator();
    EdgeCellSpace space = new EdgeCellSpace(6, List.of("none", "conv", "pool", "skip_connect"));
    EdgeCell cell = (EdgeCell) space.sample(random);

    assertThat(space.id(relabelled(cell, random))).isEqualTo(space.id(cell));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void ignoresTheNumbersOfABlockCellsNodesAndTheSidesOfItsBlocks(long seed) {
    RandomGenerator random = new Seed(seed).child("relabel").generator();
    BlockCells cells = (BlockCells) BLOCKS.sample(random);

    assertThat(BLOCKS.id(rearranged(cells, random))).isEqualTo(BLOCKS.id(cells));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void agreesWithJGraphTAfterARearrangementAndAMutation(long seed) {
    RandomGenerator random = new Seed(seed).child("mutate").generator();
    BlockCells cells = (BlockCells) BLOCKS.sample(random);
    for (int mutation = 0; mutation < 20; mutation++) {
      BlockCells mutated = (BlockCells) BLOCKS.mutate(rearranged(cells, random), random);

      assertThat(BLOCKS.id(mutated).equals(BLOCKS.id(cells)))
          .as("%s and %s", cells.text(), mutated.text())
          .isEqualTo(isomorphic(cells, mutated));
    }
  }

  /** All 2,916 normal and all 2,916 reduction cells of two blocks and three operations. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  void agreesWithNumbersAndJGraphTOnAllCellsOfTwoBlocks(int kind) {
    BlockCellSpace space = new BlockCellSpace(2, OPERATIONS, OutputRule.UNUSED);
    List<BlockCells> all = new ArrayList<>();
    addAll(all, space, new int[] {0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3, 0, 3}, 8 * kind, 8);
    Map<ArchitectureId, List<BlockCells>> classes = all.stream().collect(groupingBy(space::id));

    assertThat(all).hasSize(2 * 2 * 3 * 3 * 3 * 3 * 3 * 3);
    assertSamePartition(all, space::id, ArchitectureIdTest::leastResults);
    classes.values().forEach(ArchitectureIdTest::assertIsomorphic);
  }

  private static void addAll(
      List<BlockCells> all, BlockCellSpace space, int[] tokens, int position, int left) {
    if (left == 0) {
      all.add((BlockCells) space.decode(tokens));
      return;
    }
    boolean input = position % 2 == 0;
    int first = input ? 0 : space.blocks() + 1;
    int choices = input ? 2 + position / 4 % space.blocks() : space.operations().size();
    for (int choice = 0; choice < choices; choice++) {
      int[] chosen = tokens.clone();
      chosen[position] = first + choice;
      addAll(all, space, chosen, position + 1, left - 1);
    }
  }

  @Test
  void agreesWithNumbersOnCellsOfThreeBlocks() {
    BlockCellSpace space = new BlockCellSpace(3, OPERATIONS, OutputRule.UNUSED);
    RandomGenerator random = new Seed(1).generator();
    List<BlockCells> sample =
        IntStream.range(0, 1000).mapToObj(i -> (BlockCells) space.sample(random)).toList();

    assertSamePartition(sample, space::id, ArchitectureIdTest::leastResults);
  }

  /** Cells whose operations all have neighbours of the same kind, where colours say nothing. */
  @Test
  void tellsRingsOfDifferentLengthsApart() {
    EdgeCellSpace space = new EdgeCellSpace(26, List.of("none", "skip_connect", "conv"));

    assertThat(space.id(rings(6, 3, 3)))
        .isEqualTo(space.id(rings(3, 6, 3)))
        .isEqualTo(space.id(rings(3, 3, 6)))
        .isNotEqualTo(space.id(rings(6, 6)))
        .isNotEqualTo(space.id(rings(3, 3, 3, 3)))
        .isNotEqualTo(space.id(rings(5, 4, 3)));
  }

  /**
   * Twelve convolutions of the input in rings of these lengths, and twelve that each read the sum
   * of two ring neighbours; the output is the sum of the latter.
   */
  private static EdgeCell rings(int... lengths) {
    String[][] operations = new String[26][26];
    for (String[] targets : operations) {
      Arrays.fill(targets, "none");
    }
    int start = 1;
    for (int length : lengths) {
      for (int i = 0; i < length; i++) {
        operations[0][start + i] = "conv";
        operations[start + i][12 + start + i] = "skip_connect";
        operations[start + i][12 + start + (i + 1) % length] = "skip_connect";
        operations[12 + start + i][25] = "conv";
      }
      start += length;
    }
    return new EdgeCell(
        26,
        IntStream.range(1, 26)
            .boxed()
            .flatMap(
                target -> IntStream.range(0, target).mapToObj(source -> operations[source][target]))
            .toList());
  }

  /** As many equal operations as a cell can have: time must not grow with their permutations. */
  @Test
  void identifiesAVerySymmetricCell() {
    BlockCellSpace space = new BlockCellSpace(12, List.of("conv"), OutputRule.ALL);
    Architecture symmetric = space.decode(tokensOfAllOnes(space, 1));

    assertThat(space.id(symmetric)).isEqualTo(space.id(symmetric));
    assertThat(space.id(symmetric)).isNotEqualTo(space.id(space.decode(tokensOfAllOnes(space, 0))));
  }

  @Test
  void countsTheSkipPathsOfALongCell() {
    EdgeCell skips = new EdgeCell(40, Collections.nCopies(EdgeCell.edges(40), "skip_connect"));

    assertThat(CanonicalForm.of(LiveGraph.of(skips))).isEqualTo("#in();#out(%d*0)", 1L << 38);
  }

  private static int[] tokensOfAllOnes(BlockCellSpace space, int input) {
    return IntStream.range(0, 2 * 2 * space.blocks())
        .flatMap(branch -> IntStream.of(input, space.blocks() + 1))
        .toArray();
  }

  static <A> void assertSamePartition(
      List<A> architectures, Function<A, ?> one, Function<A, ?> other) {
    Set<Object> ones = new HashSet<>();
    Set<Object> others = new HashSet<>();
    Set<Object> pairs = new HashSet<>();
    for (A architecture : architectures) {
      Object first = one.apply(architecture);
      Object second = other.apply(architecture);
      ones.add(first);
      others.add(second);
      pairs.add(List.of(first, second));
    }
    assertThat(pairs).hasSameSizeAs(ones).hasSameSizeAs(others);
  }

  private static List<Long> leastResults(BlockCells cells) {
    return List.of(
        ReferenceCell.of(cells.normal(), false).leastResult(),
        ReferenceCell.of(cells.reduction(), true).leastResult());
  }

  private static void assertIsomorphic(List<BlockCells> members) {
    for (BlockCells member : members) {
      assertThat(isomorphic(members.get(0), member)).isTrue();
    }
  }

  private static boolean isomorphic(BlockCells one, BlockCells other) {
    return ReferenceCell.of(one.normal(), false)
            .isIsomorphicTo(ReferenceCell.of(other.normal(), false))
        && ReferenceCell.of(one.reduction(), true)
            .isIsomorphicTo(ReferenceCell.of(other.reduction(), true));
  }

  /** The same cell with its inner nodes in another order that its edges allow. */
  private static EdgeCell relabelled(EdgeCell cell, RandomGenerator random) {
    int last = cell.nodes() - 1;
    List<Integer> order = new ArrayList<>(List.of(0));
    while (order.size() < last) {
      List<Integer> ready =
          IntStream.range(1, last)
              .filter(node -> !order.contains(node))
              .filter(
                  node ->
                      IntStream.range(0, node)
                          .filter(source -> !cell.operation(source, node).equals("none"))
                          .allMatch(order::contains))
              .boxed()
              .toList();
      order.add(ready.get(random.nextInt(ready.size())));
    }
    order.add(last);
    List<String> operations = new ArrayList<>();
    for (int target = 1; target <= last; target++) {
      for (int source = 0; source < target; source++) {
        int from = order.get(source);
        int to = order.get(target);
        operations.add(from < to ? cell.operation(from, to) : "none");
      }
    }
    return new EdgeCell(cell.nodes(), operations);
  }

  private static BlockCells rearranged(BlockCells cells, RandomGenerator random) {
    return new BlockCells(
        rearranged(cells.normal(), random),
        rearranged(cells.reduction(), random),
        cells.outputRule());
  }

  /** The same cell with its blocks in another order that their inputs allow, sides at random. */
  private static Cell rearranged(Cell cell, RandomGenerator random) {
    List<Integer> order = new ArrayList<>(List.of(0, 1));
    List<Block> blocks = new ArrayList<>();
    while (blocks.size() < cell.blocks().size()) {
      List<Integer> ready =
          IntStream.range(2, cell.blocks().size() + 2)
              .filter(node -> !order.contains(node))
              .filter(node -> order.contains(cell.blocks().get(node - 2).left().input()))
              .filter(node -> order.contains(cell.blocks().get(node - 2).right().input()))
              .boxed()
              .toList();
      int node = ready.get(random.nextInt(ready.size()));
      Branch left = moved(cell.blocks().get(node - 2).left(), order);
      Branch right = moved(cell.blocks().get(node - 2).right(), order);
      blocks.add(random.nextBoolean() ? new Block(left, right) : new Block(right, left));
      order.add(node);
    }
    return new Cell(blocks, cell.outputs().stream().map(order::indexOf).sorted().toList());
  }

  private static Branch moved(Branch branch, List<Integer> order) {
    return new Branch(order.indexOf(branch.input()), branch.operation());
  }
}
