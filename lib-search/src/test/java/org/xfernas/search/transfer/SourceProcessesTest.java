package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures;
import org.xfernas.search.surrogate.FeatureGroup;

class SourceProcessesTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, List.of("none", "a", "b", "c"));

  /** Else the distances of equal architectures, which are 0 but for rounding, would count. */
  @Test
  void noScaleGrowsWithoutBoundWhereScoresAreNoise() {
    List<Architecture> architectures = SPACE.all().limit(40).toList();
    double[] noise =
        new Seed(1).generator().doubles(architectures.size(), -1, 1).map(one -> 2 * one).toArray();
    SourceProcesses processes =
        new SourceProcesses(
            new CellFeatures(SPACE, CellFeatures.Columns.NONE)::table,
            List.of(new SourceScores("noise", architectures, noise)));

    for (FeatureGroup group : FeatureGroup.values()) {
      assertThat(processes.scales().of(group)).isLessThanOrEqualTo(100);
    }
  }
}
