package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.TestTrials;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

class ReplayEvolutionTest extends OptimizerContractTest {
  private static final RegularizedEvolution.Settings SETTINGS =
      new RegularizedEvolution.Settings(4, 4);

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new ReplayEvolution(
        space, TestSources.two(space, 10, one -> score(space, one)), SETTINGS, deduplication, seed);
  }

  @Test
  void replaysThePopulationAndMutatesItsBest() {
    List<Architecture> order =
        MeanRank.order(
            TestSources.two(NAS_BENCH_201, 10, one -> score(NAS_BENCH_201, one)),
            Deduplication.TEXT);
    AsynchronousSearch search =
        new AsynchronousSearch(
                NAS_BENCH_201,
                proposal -> TestTrials.completed(proposal, proposal.number() == 3 ? 9 : 1))
            .run(optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED), 1, 4);

    assertThat(search.trials)
        .extracting(trial -> trial.proposal().architecture())
        .isEqualTo(order.subList(0, 4));
    assertThat(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(history(search.trials), List.of(), 1))
        .extracting(suggestion -> suggestion.explanation().reason())
        .containsExactly("mutation of 3");
  }

  @Test
  void drawsAMemberInThePlaceOfAFailedOne() {
    List<Trial> trials =
        new AsynchronousSearch(
                NAS_BENCH_201,
                proposal ->
                    proposal.number() == 2
                        ? TestTrials.failed(proposal)
                        : TestTrials.completed(proposal, 1))
            .run(optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED), 1, 4)
            .trials;

    assertThat(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(history(trials), List.of(), 1))
        .extracting(suggestion -> suggestion.explanation().reason())
        .containsExactly("random member");
  }

  @Test
  void isEvolutionWithoutSources() {
    assertThat(
            new ReplayEvolution(
                    NAS_BENCH_201, SourceKnowledge.EMPTY, SETTINGS, Deduplication.TEXT, SEED)
                .suggest(TrialHistory.EMPTY, List.of(), 25))
        .isEqualTo(
            new RegularizedEvolution(NAS_BENCH_201, Screen.NONE, SETTINGS, Deduplication.TEXT, SEED)
                .suggest(TrialHistory.EMPTY, List.of(), 25));
  }
}
