package org.xfernas.search.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ArchitectureTableTest {
  @Test
  void refusesTwoRowsForOneArchitecture() {
    assertThatThrownBy(() -> new ArchitectureTable("t", List.of("a", "a"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use table: two rows for one architecture (architecture=a, table=t)");
  }

  @Test
  void refusesAColumnOfAnotherLength() {
    assertThatThrownBy(
            () -> new ArchitectureTable("t", List.of("a", "b"), Map.of("val", new double[] {1})))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot use table: 1 values for 2 architectures (column=val, table=t)");
  }

  @Test
  void isNotChangedThroughItsArrays() {
    double[] values = {1, 2};
    ArchitectureTable table = new ArchitectureTable("t", List.of("a", "b"), Map.of("val", values));
    values[0] = 9;
    table.column("val")[1] = 9;

    assertThat(table.column("val")).containsExactly(1, 2);
  }
}
