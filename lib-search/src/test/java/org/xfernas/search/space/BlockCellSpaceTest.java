package org.xfernas.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.math.BigInteger;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;

class BlockCellSpaceTest extends SearchSpaceContractTest {
  private static final BlockCellSpace SPACE =
      new BlockCellSpace(5, Operations.LARGE_SPACE, OutputRule.UNUSED);

  /** NAONet's cells (Luo et al. 2018). */
  private static final String NAONET =
      "normal[0 conv_3x3 + 1 avg_pool_5x5 | 2 conv_1x3_3x1 + 1 conv_3x3 | 0 conv_1x1 + 1 conv_3x3"
          + " | 0 conv_1x3_3x1 + 4 conv_3x3 | 1 identity + 0 conv_3x3]"
          + " reduction[0 conv_3x3 + 1 avg_pool_2x2 | 0 conv_1x1 + 0 avg_pool_3x3"
          + " | 1 conv_1x7_7x1 + 0 max_pool_2x2 | 0 avg_pool_3x3 + 2 conv_1x1"
          + " | 1 max_pool_3x3 + 0 conv_3x3]";

  @Override
  SearchSpace space() {
    return SPACE;
  }

  @Override
  int[] choices() {
    return IntStream.range(0, 2)
        .flatMap(cell -> IntStream.of(2, 2, 3, 3, 4, 4, 5, 5, 6, 6))
        .flatMap(inputs -> IntStream.of(inputs, 19))
        .toArray();
  }

  @Test
  void countsItsArchitectures() {
    BigInteger inputs = BigInteger.valueOf(2 * 3 * 4 * 5 * 6).pow(2 * 2);

    assertThat(SPACE.size()).isEqualTo(BigInteger.valueOf(19).pow(20).multiply(inputs));
  }

  @Test
  void readsNaoNet() {
    BlockCells cells = SPACE.parse(NAONET);

    assertThat(cells.text()).isEqualTo(NAONET);
    assertThat(cells.normal().blocks().get(1))
        .isEqualTo(new Block(new Branch(2, "conv_1x3_3x1"), new Branch(1, "conv_3x3")));
    assertThat(cells.normal().outputs()).containsExactly(3, 5, 6);
    assertThat(cells.reduction().blocks().get(3))
        .isEqualTo(new Block(new Branch(0, "avg_pool_3x3"), new Branch(2, "conv_1x1")));
    assertThat(cells.reduction().outputs()).containsExactly(3, 4, 5, 6);
  }

  @Test
  void hasInputAndOperationOfEachBranchAsTokens() {
    BlockCellSpace space = new BlockCellSpace(2, List.of("a", "b"), OutputRule.ALL);

    assertThat(
            space.encode(
                space.parse("normal[0 a + 1 b | 2 b + 0 a] reduction[1 a + 1 a | 0 b + 2 a]")))
        .containsExactly(0, 3, 1, 4, 2, 4, 0, 3, 1, 3, 1, 3, 0, 4, 2, 3);
    assertThat(space.vocabularySize()).isEqualTo(5);
  }

  @Test
  void namesOutputsWhereTheyDifferFromTheRule() {
    String blocks = "0 a + 1 a | 2 a + 0 a";
    BlockCellSpace unused = new BlockCellSpace(2, List.of("a"), OutputRule.UNUSED);
    BlockCellSpace all = new BlockCellSpace(2, List.of("a"), OutputRule.ALL);
    String plain = "normal[%s] reduction[%s]".formatted(blocks, blocks);
    String both = "normal[%s -> 2,3] reduction[%s -> 2,3]".formatted(blocks, blocks);
    String last = "normal[%s -> 3] reduction[%s]".formatted(blocks, blocks);

    assertThat(unused.parse(plain).normal().outputs()).containsExactly(3);
    assertThat(all.parse(plain).normal().outputs()).containsExactly(2, 3);
    assertThat(unused.parse(both).text()).isEqualTo(both);
    assertThat(unused.parse(both).normal()).isEqualTo(all.parse(plain).normal());
    assertThat(all.parse(both).text()).isEqualTo(plain);
    assertThat(unused.parse(last).text()).isEqualTo(plain);
    assertThat(all.parse(last).text()).isEqualTo(last);
    assertThat(unused.parse(both.replace(" ->", "->")).text()).isEqualTo(both);
  }

  @Test
  void keepsNamedOutputsInItsNeighbours() {
    BlockCellSpace space = new BlockCellSpace(2, List.of("a", "b"), OutputRule.UNUSED);
    BlockCells named =
        space.parse("normal[0 a + 1 a | 2 a + 0 a -> 2,3] reduction[0 a + 1 a | 2 a + 0 a]");

    assertThat(space.neighbours(named))
        .hasSize(2 * (4 * 1 + 2 * 1 + 2 * 2))
        .contains(
            space.parse("normal[0 a + 1 a | 2 a + 0 b -> 2,3] reduction[0 a + 1 a | 2 a + 0 a]"),
            space.parse("normal[0 a + 1 a | 2 a + 0 a -> 2,3] reduction[0 a + 1 a | 1 a + 0 a]"));
    assertThatThrownBy(() -> space.encode(named))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot encode: tokens name no output nodes, and these are not those of the rule"
                + " (output=UNUSED, architecture=normal[");
  }

  static Stream<Arguments> malformed() {
    String normal = "normal[0 a + 1 b | 2 a + 1 a]";
    String operations = "one of the operations a, b";
    return Stream.of(
        arguments("", 0, "\"normal\""),
        arguments("reduction[0 a + 1 b]", 0, "\"normal\""),
        arguments("normal(0 a)", 6, "\"[\""),
        arguments("normal[]", 7, "an input node from 0 to 1"),
        arguments("normal[2 a + 1 b | 0 a + 1 a]", 7, "an input node from 0 to 1"),
        arguments("normal[-1 a]", 7, "an input node from 0 to 1"),
        arguments("normal[00 a]", 7, "an input node from 0 to 1"),
        arguments("normal[0 c + 1 a]", 9, operations),
        arguments("normal[0 + 1 a]", 9, operations),
        arguments("normal[0 a, 1 a]", 10, "\"+\""),
        arguments("normal[0 a + 1 b]", 16, "\"|\""),
        arguments("normal[0 a + 1 b + 0 a]", 17, "\"|\""),
        arguments("normal[0 a + 1 b | 3 a + 0 b]", 19, "an input node from 0 to 2"),
        arguments("normal[0 a + 1 b | 2 a + 1 a | 0 a + 1 a]", 29, "\"]\" after 2 blocks"),
        arguments("normal[0 a + 1 b | 2 a + 1 a -> 1]", 32, "an output node from 2 to 3"),
        arguments("normal[0 a + 1 b | 2 a + 1 a -> 3,2]", 33, "\"]\" after 2 blocks"),
        arguments("normal[0 a + 1 b | 2 a + 1 a -> 2,2]", 34, "an output node from 3 to 3"),
        arguments("normal[0 a + 1 b | 2 a + 1 a ->]", 31, "an output node from 2 to 3"),
        arguments(normal, 29, "\"reduction\""),
        arguments(normal + " " + normal, 30, "\"reduction\""),
        arguments(normal + " reduction[0 a + 1 b | 2 a + 1 a] ]", 63, "the end"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhereATextIsMalformed(String text, int position, String expected) {
    assertThatThrownBy(
            () -> new BlockCellSpace(2, List.of("a", "b"), OutputRule.UNUSED).parse(text))
        .isInstanceOf(ArchitectureFormatException.class)
        .hasMessage(
            "Cannot read architecture: expected %s at position %d of \"%s\"",
            expected, position, text);
  }

  @Test
  void readsAnySpacingBetweenWords() {
    BlockCellSpace space = new BlockCellSpace(1, List.of("a", "b"), OutputRule.UNUSED);

    assertThat(space.parse("  normal [ 0 a+1  b ]\n reduction[0 a + 1 b ->2]\n").text())
        .isEqualTo("normal[0 a + 1 b] reduction[0 a + 1 b]");
  }

  @Test
  void refusesADeclarationWithAllItsProblems() {
    assertThatThrownBy(() -> new BlockCellSpace(0, List.of("a", "a"), OutputRule.UNUSED))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot declare the space block-cell: blocks must be at least 1 (blocks=0);"
                + " an operation is listed twice (operation=a)");
  }

  @Test
  void refusesTheArchitectureOfAnotherSpace() {
    BlockCells cells =
        new BlockCellSpace(1, List.of("conv_3x3"), OutputRule.ALL)
            .parse("normal[0 conv_3x3 + 0 conv_3x3] reduction[0 conv_3x3 + 0 conv_3x3]");

    assertThatThrownBy(() -> SPACE.encode(cells))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot use an architecture of another space (space=block-cell of 5 blocks");
    assertThatThrownBy(() -> SPACE.id(new EdgeCell(2, List.of("conv_3x3"))))
        .hasMessageContaining("architecture=|conv_3x3~0|");
  }

  @Test
  void refusesCellsThatCannotExist() {
    Block block = new Block(new Branch(0, "a"), new Branch(1, "a"));
    Block late = new Block(new Branch(0, "a"), new Branch(2, "a"));

    assertThatThrownBy(() -> new BlockCells.Cell(List.of(), List.of(2)))
        .hasMessage("Cannot make a cell: it needs at least one block");
    assertThatThrownBy(() -> new BlockCells.Cell(List.of(late), List.of(2)))
        .hasMessage("Cannot make a cell: block 0 reads nodes 0 to 1 (input=2)");
    for (List<Integer> outputs :
        List.of(List.<Integer>of(), List.of(1), List.of(2, 4), List.of(3, 2), List.of(2, 2))) {
      assertThatThrownBy(() -> new BlockCells.Cell(List.of(block, late), outputs))
          .hasMessage(
              "Cannot make a cell: its outputs are ascending nodes from 2 to 3 (outputs=%s)",
              outputs);
    }
  }
}
