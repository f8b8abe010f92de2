package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.policy.ReinforceTrainer;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

class ReinforceTransferTest extends OptimizerContractTest {
  private static final SourceKnowledge RELATED =
      TestSources.two(NAS_BENCH_201, 100, ReinforceTransferTest::sum);
  private static final SourceKnowledge REVERSED =
      TestSources.two(NAS_BENCH_201, 100, one -> -sum(one));

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return reinforce(
        space, TestSources.two(space, 20, one -> score(space, one)), deduplication, seed);
  }

  private static Optimizer reinforce(
      SearchSpace space, SourceKnowledge knowledge, Deduplication deduplication, Seed seed) {
    return new Reinforce(
        space, new ReinforceTrainer(space, ReinforceTest.SMALL), knowledge, deduplication, seed);
  }

  private static double sum(Architecture architecture) {
    return IntStream.of(NAS_BENCH_201.encode(architecture)).sum();
  }

  private static double mean(List<Architecture> architectures) {
    return architectures.stream().mapToDouble(ReinforceTransferTest::sum).average().orElseThrow();
  }

  /** Uniform draws have a sum of 12 on average. */
  @Test
  void theFirstProposalsAreBetterThanWithoutSources() {
    List<Suggestion> first =
        reinforce(NAS_BENCH_201, RELATED, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 20);

    assertThat(first.get(1).explanation().reason()).isEqualTo("uniform draw");
    assertThat(first.get(0).explanation().transfer().orElseThrow().universal()).isEqualTo(1);
    assertThat(mean(first.stream().map(Suggestion::architecture).toList())).isGreaterThan(15);
  }

  @Test
  void sourcesThatMisleadAreGivenUp() {
    AsynchronousSearch search =
        new AsynchronousSearch(
                NAS_BENCH_201,
                proposal -> TestTrials.completed(proposal, sum(proposal.architecture())))
            .run(reinforce(NAS_BENCH_201, REVERSED, Deduplication.TEXT, SEED), 1, 12);
    Suggestion next =
        reinforce(NAS_BENCH_201, REVERSED, Deduplication.TEXT, SEED)
            .suggest(history(search.trials), List.of(), 1)
            .get(0);

    List<Architecture> misled =
        reinforce(NAS_BENCH_201, REVERSED, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 20)
            .stream()
            .map(Suggestion::architecture)
            .toList();
    assertThat(mean(misled)).isLessThan(10);
    assertThat(
            mean(search.proposals.subList(6, 12).stream().map(one -> one.architecture()).toList()))
        .isGreaterThan(9);
    assertThat(next.explanation().transfer().orElseThrow().universal()).isLessThan(0.1);
    assertThat(next.explanation().transfer().orElseThrow().sources())
        .allSatisfy(source -> assertThat(source.similarity()).isNegative());
  }
}
