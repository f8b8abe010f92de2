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
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.ProcessTrainer;
import org.xfernas.search.transfer.policy.ReinforceTrainer;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TrialHistory;

class ScreenedReinforceTest extends ScreenedOptimizerContractTest {
  private static final SourceKnowledge REVERSED =
      TestSources.two(NAS_BENCH_201, 100, one -> -sum(one));

  @Override
  Optimizer optimizer(SearchSpace space, Screen screen, Deduplication deduplication, Seed seed) {
    return new Reinforce(
        space,
        new ReinforceTrainer(space, ReinforceTest.SMALL, new KnowledgeCache()),
        screen,
        deduplication,
        seed);
  }

  private Optimizer misled() {
    ProcessTrainer trainer = new ProcessTrainer(NAS_BENCH_201, new KnowledgeCache());
    return optimizer(NAS_BENCH_201, Screen.of(trainer, REVERSED, SEED), Deduplication.TEXT, SEED);
  }

  private static double sum(Architecture architecture) {
    return IntStream.of(NAS_BENCH_201.encode(architecture)).sum();
  }

  private static double mean(List<Architecture> architectures) {
    return architectures.stream().mapToDouble(ScreenedReinforceTest::sum).average().orElseThrow();
  }

  /** Uniform draws have a sum of 12 on average. */
  @Test
  void theFirstProposalsAreBetterThanWithoutSources() {
    List<Suggestion> first =
        optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 20);

    assertThat(first)
        .extracting(suggestion -> suggestion.explanation().reason())
        .startsWith("drawn from the policy", "uniform draw", "drawn from the policy")
        .containsOnlyOnce("uniform draw");
    assertThat(mean(first.stream().map(Suggestion::architecture).toList())).isGreaterThan(17);
  }

  /** The target's scores are the sums, of which the sources have the opposite. */
  @Test
  void sourcesThatMisleadAreGivenUp() {
    AsynchronousSearch search =
        new AsynchronousSearch(
                NAS_BENCH_201,
                proposal -> TestTrials.completed(proposal, sum(proposal.architecture())))
            .run(misled(), 1, 12);
    TransferShares shares =
        misled()
            .suggest(history(search.trials), List.of(), 1)
            .get(0)
            .explanation()
            .transfer()
            .orElseThrow();

    List<Architecture> proposed =
        search.proposals.stream().map(proposal -> proposal.architecture()).toList();
    assertThat(sum(proposed.get(0))).isLessThan(6);
    assertThat(mean(proposed.subList(6, 12))).isGreaterThan(14);
    assertThat(shares.sources()).allSatisfy(one -> assertThat(one.similarity()).isNegative());
    assertThat(shares.trust()).isZero();
  }
}
