package org.xfernas.search.surrogate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.LiveGraph;
import org.xfernas.search.space.Operations;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures.Columns;

class CellFeaturesTest {
  private static final SearchSpace EDGES = new EdgeCellSpace(4, Operations.NAS_BENCH_201);
  private static final SearchSpace BLOCKS =
      new BlockCellSpace(2, List.of("identity", "conv_3x3", "max_pool_3x3"), OutputRule.UNUSED);

  private static double distance(
      CellFeatures features, FeatureGroup group, Architecture one, Architecture other) {
    return features.table(List.of(one))
        .squaredDistances(group, features.table(List.of(other)), 0)[0];
  }

  @ParameterizedTest
  @EnumSource
  void scalesEveryGroupToAMeanSquaredDistanceOfOne(FeatureGroup group) {
    for (SearchSpace space : List.of(EDGES, BLOCKS)) {
      CellFeatures features = new CellFeatures(space, Columns.NONE);
      RandomGenerator random = new Seed(5).generator();
      List<Architecture> drawn = Stream.generate(() -> space.sample(random)).limit(300).toList();
      FeatureTable table = features.table(drawn);
      double sum = 0;
      for (int row = 0; row < drawn.size(); row++) {
        for (double distance : table.squaredDistances(group, table, row)) {
          sum += distance;
        }
      }

      assertThat(sum / (300 * 299)).isCloseTo(1, within(0.15));
    }
  }

  @Test
  void looksAtNoDeadEdge() {
    CellFeatures features = new CellFeatures(EDGES, Columns.NONE);
    Architecture one =
        EDGES.parse(
            "|none~0|+|nor_conv_3x3~0|avg_pool_3x3~1|+|none~0|nor_conv_1x1~1|skip_connect~2|");
    Architecture other =
        EDGES.parse(
            "|none~0|+|nor_conv_3x3~0|nor_conv_3x3~1|+|none~0|skip_connect~1|skip_connect~2|");

    for (FeatureGroup group : FeatureGroup.values()) {
      assertThat(distance(features, group, one, other)).isCloseTo(0, within(1e-12));
    }
  }

  @Test
  void givesTheTwoBranchesOfABlockNoOrder() {
    CellFeatures features = new CellFeatures(BLOCKS, Columns.NONE);
    Architecture one =
        BLOCKS.parse(
            "normal[0 conv_3x3 + 1 identity | 2 conv_3x3 + 0 max_pool_3x3]"
                + " reduction[0 identity + 0 conv_3x3 | 1 conv_3x3 + 2 identity]");
    Architecture swapped =
        BLOCKS.parse(
            "normal[1 identity + 0 conv_3x3 | 0 max_pool_3x3 + 2 conv_3x3]"
                + " reduction[0 conv_3x3 + 0 identity | 2 identity + 1 conv_3x3]");

    for (FeatureGroup group : FeatureGroup.values()) {
      assertThat(distance(features, group, one, swapped)).isCloseTo(0, within(1e-12));
    }
  }

  /** Paths: 0-3 conv; 0-1-3 skip, pool; 0-2-3 none; 0-1-2-3 skip, conv, pool. */
  @Test
  void countsPathsWithSkipsContracted() {
    Architecture cell =
        EDGES.parse(
            "|skip_connect~0|+|none~0|nor_conv_3x3~1|+|nor_conv_3x3~0|avg_pool_3x3~1|avg_pool_3x3~2|");

    LivePaths paths = new LivePaths(Operations.NAS_BENCH_201, 5, LiveGraph.cells(cell).get(0));

    // Operations are digits 1 to 5 of numbers with base 6: conv_3x3 is 4, avg_pool_3x3 5.
    assertThat(paths.counts()).containsOnlyKeys(4L, 5L, 4 * 6L + 5).containsValue(1.0);
    assertThat(paths.number()).isEqualTo(3);
    assertThat(paths.direct()).isZero();
    assertThat(paths.greatestDepth()).isEqualTo(2);
    assertThat(paths.leastDepth()).isEqualTo(1);
    assertThat(paths.mostApplications()).containsExactly(0, 0, 0, 1, 1);
    assertThat(paths.fewestApplications()).containsExactly(0, 0, 0, 0, 0);
  }

  /** Paths: 0-3 conv; 0-1-3 pool, conv; 0-2-3 conv, conv. */
  @Test
  void countsWhatNoPathGoesWithout() {
    Architecture cell =
        EDGES.parse(
            "|avg_pool_3x3~0|+|nor_conv_3x3~0|none~1|+|nor_conv_3x3~0|nor_conv_3x3~1|nor_conv_3x3~2|");

    LivePaths paths = new LivePaths(Operations.NAS_BENCH_201, 5, LiveGraph.cells(cell).get(0));

    assertThat(paths.fewestApplications()).containsExactly(0, 0, 0, 1, 0);
  }

  @Test
  void findsNothingOnNoPath() {
    Architecture cell = EDGES.parse("|none~0|+|none~0|none~1|+|none~0|none~1|none~2|");

    LivePaths paths = new LivePaths(Operations.NAS_BENCH_201, 5, LiveGraph.cells(cell).get(0));

    assertThat(paths.mostApplications()).containsOnly(0);
    assertThat(paths.fewestApplications()).containsOnly(0);
    assertThat(paths.leastDepth()).isZero();
  }

  @Test
  void takesFurtherColumns() {
    CellFeatures features =
        new CellFeatures(EDGES, architecture -> new double[] {architecture.text().length()});
    Architecture one = EDGES.decode(new int[] {0, 0, 0, 0, 0, 0});
    Architecture other = EDGES.decode(new int[] {0, 1, 0, 0, 0, 0});

    assertThat(distance(features, FeatureGroup.SUMMARY, one, other)).isPositive();
    assertThat(distance(new CellFeatures(EDGES, Columns.NONE), FeatureGroup.SUMMARY, one, other))
        .isZero();
  }
}
