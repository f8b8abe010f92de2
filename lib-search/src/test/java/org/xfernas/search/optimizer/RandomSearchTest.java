package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.hipparchus.stat.inference.ChiSquareTest;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.TrialHistory;

class RandomSearchTest extends UnmodifiedOptimizerContractTest {
  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new RandomSearch(space, deduplication, seed);
  }

  @Test
  void drawsUniformly() {
    Map<Architecture, Long> counts = new HashMap<>();
    for (int seed = 0; seed < 2_700; seed++) {
      optimizer(TINY, Deduplication.TEXT, new Seed(seed))
          .suggest(TrialHistory.EMPTY, List.of(), 1)
          .forEach(suggestion -> counts.merge(suggestion.architecture(), 1L, Long::sum));
    }
    double[] expected = new double[27];
    Arrays.fill(expected, 100);

    assertThat(counts).hasSize(27);
    assertThat(
            new ChiSquareTest()
                .chiSquareTest(
                    expected, counts.values().stream().mapToLong(Long::longValue).toArray()))
        .isGreaterThan(0.001);
  }

  @Test
  void drawsKnownOnesAgainWithoutDeduplication() {
    AsynchronousSearch search =
        new AsynchronousSearch(TINY, landscape(TINY))
            .run(optimizer(TINY, Deduplication.NONE, new Seed(1)), 1, 100);

    assertThat(search.texts()).hasSize(100);
  }
}
