package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.TrialHistory;

/** What every optimizer promises that has no sources to start from. */
abstract class UnmodifiedOptimizerContractTest extends OptimizerContractTest {

  @Test
  void suggestsOthersWithAnotherSeed() {
    assertThat(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, new Seed(2))
                .suggest(TrialHistory.EMPTY, List.of(), 5))
        .isNotEqualTo(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, new Seed(3))
                .suggest(TrialHistory.EMPTY, List.of(), 5));
  }

  @Test
  void startsWithTheSameDrawAsAnyOtherOfItsSeed() {
    Architecture draw =
        new RandomSearch(NAS_BENCH_201, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 1)
            .get(0)
            .architecture();

    assertThat(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(TrialHistory.EMPTY, List.of(), 1))
        .extracting(Suggestion::architecture)
        .containsExactly(draw);
  }
}
