package org.xfernas.search.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;

class EdgeCellSpaceTest extends SearchSpaceContractTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(4, Operations.NAS_BENCH_201);

  @Override
  SearchSpace space() {
    return SPACE;
  }

  @Override
  int[] choices() {
    int[] choices = new int[6];
    Arrays.fill(choices, 5);
    return choices;
  }

  @Test
  void countsItsArchitectures() {
    assertThat(SPACE.size()).isEqualTo(15_625);
  }

  @Test
  void readsATextOfNasBench201() {
    EdgeCell cell =
        SPACE.parse(
            "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|+|nor_conv_3x3~0|none~1|none~2|");

    assertThat(cell.operation(0, 1)).isEqualTo("avg_pool_3x3");
    assertThat(cell.operation(0, 2)).isEqualTo("nor_conv_1x1");
    assertThat(cell.operation(1, 2)).isEqualTo("skip_connect");
    assertThat(cell.operation(0, 3)).isEqualTo("nor_conv_3x3");
    assertThat(cell.operation(1, 3)).isEqualTo("none");
    assertThat(cell.operation(2, 3)).isEqualTo("none");
    assertThat(SPACE.encode(cell)).containsExactly(4, 2, 1, 3, 0, 0);
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        arguments("", 0, "\"|\""),
        arguments("a~0|", 0, "\"|\""),
        arguments("|c~0|", 1, "one of the operations a, b"),
        arguments("|aa~0|", 1, "one of the operations a, b"),
        arguments("|~0|", 1, "one of the operations a, b"),
        arguments("|a~1|", 2, "\"~0|\""),
        arguments("|a|", 2, "\"~0|\""),
        arguments("|a~0|", 5, "\"+|\""),
        arguments("|a~0| +|b~0|a~1|", 5, "\"+|\""),
        arguments("|a~0|+|b~0|", 11, "one of the operations a, b"),
        arguments("|a~0|+|b~0|a~1", 12, "\"~1|\""),
        arguments("|a~0|+|b~0|a~1|+|", 15, "the end"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void saysWhereATextIsMalformed(String text, int position, String expected) {
    assertThatThrownBy(() -> new EdgeCellSpace(3, List.of("a", "b")).parse(text))
        .isInstanceOf(ArchitectureFormatException.class)
        .hasMessage(
            "Cannot read architecture: expected %s at position %d of \"%s\"",
            expected, position, text);
  }

  static Stream<Arguments> declarations() {
    return Stream.of(
        arguments(1, List.of("a"), "nodes must be at least 2 (nodes=1)"),
        arguments(4, List.of(), "it needs at least one operation (operations=[])"),
        arguments(
            4,
            List.of("none"),
            "it needs an operation that is not zero, or no architecture computes anything"
                + " (operations=[none])"),
        arguments(4, List.of("a", "b", "a"), "an operation is listed twice (operation=a)"),
        arguments(
            4,
            List.of("a|b"),
            "an operation's name is made of ASCII letters, digits, '_', '-' and '.'"
                + " (operation=\"a|b\")"),
        arguments(
            -1,
            List.of(),
            "nodes must be at least 2 (nodes=-1); it needs at least one operation"
                + " (operations=[])"));
  }

  @ParameterizedTest
  @MethodSource("declarations")
  void refusesADeclarationWithAllItsProblems(int nodes, List<String> operations, String problems) {
    assertThatThrownBy(() -> new EdgeCellSpace(nodes, operations))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot declare the space edge-cell: " + problems);
  }

  @Test
  void takesAnyOperationNames() {
    EdgeCellSpace space = new EdgeCellSpace(2, List.of("conv3x3-bn-relu", "3x3", "v1.5_x"));

    assertThat(space.parse("|conv3x3-bn-relu~0|").operations()).containsExactly("conv3x3-bn-relu");
  }

  @Test
  void refusesTheArchitectureOfAnotherSpace() {
    EdgeCell threeNodes = new EdgeCell(3, List.of("none", "none", "none"));
    EdgeCell otherOperation = new EdgeCell(4, List.of("none", "x", "none", "none", "none", "none"));
    Branch branch = new Branch(0, "none");
    Cell cell = Cell.of(List.of(new Block(branch, branch)), OutputRule.ALL);

    assertThatThrownBy(() -> SPACE.encode(threeNodes))
        .hasMessage(
            "Cannot use an architecture of another space (space=edge-cell of 4 nodes, nodes=4,"
                + " architecture=|none~0|+|none~0|none~1|)");
    assertThatThrownBy(() -> SPACE.neighbours(otherOperation)).hasMessageContaining("operation=x");
    assertThatThrownBy(() -> SPACE.id(new BlockCells(cell, cell, OutputRule.ALL)))
        .hasMessageContaining("space=edge-cell of 4 nodes");
  }

  @Test
  void refusesToMutateTheOnlyArchitecture() {
    EdgeCellSpace space = new EdgeCellSpace(2, List.of("a"));

    assertThatThrownBy(() -> space.mutate(space.parse("|a~0|"), generator(0, "mutate")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot mutate: the space has no other architecture (architecture=|a~0|)");
  }
}
