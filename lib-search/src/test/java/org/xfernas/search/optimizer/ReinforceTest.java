package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.policy.ReinforceTrainer;

class ReinforceTest extends UnmodifiedOptimizerContractTest {
  static final ReinforceTrainer.Settings SMALL = new ReinforceTrainer.Settings(8, 0.02, 0.95, 1e-5);

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new Reinforce(
        space,
        new ReinforceTrainer(space, SMALL, new KnowledgeCache()),
        Screen.NONE,
        deduplication,
        seed);
  }

  private static double sum(Architecture architecture) {
    return IntStream.of(NAS_BENCH_201.encode(architecture)).sum();
  }

  /** Uniform draws have a sum of 12 on average, the best 24. */
  @Test
  void comesToDrawWhatScoresWell() {
    AsynchronousSearch search =
        new AsynchronousSearch(
                NAS_BENCH_201,
                proposal -> TestTrials.completed(proposal, sum(proposal.architecture())))
            .run(optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED), 1, 200);

    List<Double> sums =
        search.proposals.stream().map(proposal -> sum(proposal.architecture())).toList();
    assertThat(
            sums.subList(150, 200).stream()
                .mapToDouble(Double::doubleValue)
                .average()
                .orElseThrow())
        .isGreaterThan(18);
  }
}
