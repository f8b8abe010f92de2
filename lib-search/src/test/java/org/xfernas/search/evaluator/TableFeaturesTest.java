package org.xfernas.search.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.xfernas.search.space.EdgeCellSpace;

class TableFeaturesTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(2, List.of("a", "b", "c"));
  private static final ArchitectureTable TABLE =
      new ArchitectureTable(
          "t.csv",
          List.of("|a~0|", "|b~0|"),
          Map.of(
              "flops", new double[] {10, 30},
              "params", new double[] {1, 2},
              "val", new double[] {60, Double.NaN}));

  private static double[] features(String operation, String... names) {
    return new TableFeatures(TABLE, List.of(names)).of(SPACE.parse("|" + operation + "~0|"));
  }

  @Test
  void areTheColumnsInOrder() {
    assertThat(features("b", "params", "flops")).containsExactly(2, 30);
    assertThat(features("b")).isEmpty();
  }

  @Test
  void areTheMeansWhereThereIsNoRow() {
    assertThat(features("c", "params", "flops")).containsExactly(1.5, 20);
  }

  @Test
  void anUnknownColumnIsRefused() {
    assertThatThrownBy(() -> features("a", "flop"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column \"flop\" (did you mean \"flops\"?); its columns are ");
  }

  @Test
  void aColumnWithGapsIsRefused() {
    assertThatThrownBy(() -> features("a", "val"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot take column \"val\" as a feature: it has no number for |b~0|; name columns with a number for every architecture (table=t.csv)");
  }
}
