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
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.surrogate.NormalScores;

class SourceProcessesTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, List.of("none", "a", "b", "c"));
  private static final List<Architecture> ARCHITECTURES =
      new CellFeatures(SPACE, CellFeatures.Columns.NONE).references(40);

  /** Else the distances of equal architectures, which are 0 but for rounding, would count. */
  @Test
  void noScaleGrowsWithoutBoundWhereScoresAreNoise() {
    double[] noise = new Seed(1).generator().doubles(40, -2, 2).toArray();

    for (FeatureGroup group : FeatureGroup.values()) {
      assertThat(scales(noise).of(group)).isLessThanOrEqualTo(100);
    }
  }

  /** A few scores that follow the number of one operation do not rule the other features out. */
  @Test
  void noGroupOfFeaturesIsLetGo() {
    double[] counts =
        ARCHITECTURES.stream().mapToDouble(one -> one.text().split("a~", -1).length - 1).toArray();

    for (FeatureGroup group : FeatureGroup.values()) {
      assertThat(scales(NormalScores.of(counts)).of(group)).isGreaterThan(0.005);
    }
  }

  private static KernelScales scales(double[] scores) {
    return new SourceProcesses(
            new CellFeatures(SPACE, CellFeatures.Columns.NONE)::table,
            List.of(new SourceScores("source", ARCHITECTURES, scores)))
        .scales();
  }
}
