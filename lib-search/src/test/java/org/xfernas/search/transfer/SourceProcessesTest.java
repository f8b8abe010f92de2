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

  /** Where scores rise with the number of one operation, more of it than any has is better yet. */
  @Test
  void trendsReachBeyondWhatWasSeen() {
    List<Architecture> seen =
        new CellFeatures(SPACE, CellFeatures.Columns.NONE)
            .references(200).stream().filter(one -> applications(one) <= 3).toList();
    double[] scores =
        NormalScores.of(seen.stream().mapToDouble(SourceProcessesTest::applications).toArray());

    double[] expected =
        processes(seen, scores)
            .view(
                List.of(
                    SPACE.parse("|a~0|+|b~0|a~1|+|b~0|b~1|a~2|"),
                    SPACE.parse("|a~0|+|a~0|a~1|+|a~0|a~1|a~2|")))
            .means()[0];

    assertThat(expected[1] - expected[0]).isGreaterThan(1);
  }

  private static int applications(Architecture architecture) {
    return architecture.text().split("a~", -1).length - 1;
  }

  private static KernelScales scales(double[] scores) {
    return processes(ARCHITECTURES, scores).scales();
  }

  private static SourceProcesses processes(List<Architecture> architectures, double[] scores) {
    return new SourceProcesses(
        new CellFeatures(SPACE, CellFeatures.Columns.NONE)::table,
        List.of(new SourceScores("source", architectures, scores, NormalScores.noises(scores))));
  }
}
