package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

class ShadowedOptimizerTest extends OptimizerContractTest {

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new ShadowedOptimizer(
        replay(space, TestSources.two(space, 10, one -> score(space, one)), deduplication, seed),
        replay(space, SourceKnowledge.EMPTY, deduplication, seed));
  }

  private static Optimizer replay(
      SearchSpace space, SourceKnowledge knowledge, Deduplication deduplication, Seed seed) {
    return new Replay(space, knowledge, deduplication, seed);
  }

  @Test
  void proposesAsWithSourcesAndNamesWhatItWouldHaveProposedWithout() {
    SourceKnowledge sources = TestSources.two(NAS_BENCH_201, 10, one -> score(NAS_BENCH_201, one));
    List<Suggestion> with =
        replay(NAS_BENCH_201, sources, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 5);
    List<Suggestion> without =
        new RandomSearch(NAS_BENCH_201, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 5);

    List<Suggestion> shadowed =
        optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 5);

    assertThat(shadowed)
        .extracting(Suggestion::architecture)
        .isEqualTo(with.stream().map(Suggestion::architecture).toList());
    assertThat(shadowed)
        .extracting(suggestion -> suggestion.explanation().shadow().orElseThrow())
        .isEqualTo(without.stream().map(Suggestion::architecture).toList());
  }

  @Test
  void hasNoShadowWhereTheOtherHasNoMoreToPropose() {
    Optimizer exhausted =
        new Optimizer() {
          @Override
          public String name() {
            return "exhausted";
          }

          @Override
          public List<Suggestion> suggest(
              TrialHistory completed, List<Proposal> pending, int count) {
            return List.of();
          }
        };
    Optimizer random = new RandomSearch(NAS_BENCH_201, Deduplication.TEXT, SEED);

    assertThat(new ShadowedOptimizer(random, exhausted).suggest(TrialHistory.EMPTY, List.of(), 2))
        .isEqualTo(random.suggest(TrialHistory.EMPTY, List.of(), 2));
  }
}
