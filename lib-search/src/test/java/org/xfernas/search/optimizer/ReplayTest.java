package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

class ReplayTest extends OptimizerContractTest {

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new Replay(
        space, TestSources.two(space, 10, one -> score(space, one)), deduplication, seed);
  }

  @Test
  void evaluatesTheSourcesBestInOrderAndThenRandomDraws() {
    SourceKnowledge knowledge =
        TestSources.two(NAS_BENCH_201, 10, one -> score(NAS_BENCH_201, one));
    List<Suggestion> suggestions =
        optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 25);

    assertThat(suggestions.subList(0, 20))
        .extracting(Suggestion::architecture)
        .isEqualTo(MeanRank.order(knowledge, Deduplication.TEXT));
    assertThat(suggestions.subList(20, 25))
        .extracting(suggestion -> suggestion.explanation().reason())
        .containsOnly("random draw");
  }

  @Test
  void isRandomSearchWithoutSources() {
    assertThat(
            new Replay(NAS_BENCH_201, SourceKnowledge.EMPTY, Deduplication.TEXT, SEED)
                .suggest(TrialHistory.EMPTY, List.of(), 25))
        .isEqualTo(
            new RandomSearch(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(TrialHistory.EMPTY, List.of(), 25));
  }
}
