package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.CandidatePool.Pool;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;

class CandidatePoolTest {
  private static final SearchSpace TINY =
      new EdgeCellSpace(3, List.of("none", "skip_connect", "nor_conv_3x3"));
  private static final SearchSpace HUGE =
      new BlockCellSpace(5, List.of("identity", "conv_1x1", "max_pool_3x3"), OutputRule.UNUSED);
  private static final Seed SEED = new Seed(1);

  @Test
  void isTheWholeSpaceWhereThatIsSmall() {
    CandidatePool pool = new CandidatePool(TINY, Deduplication.TEXT, SEED);

    assertThat(pool.of(List.of(), 3).architectures()).hasSize(27).doesNotHaveDuplicates();
    assertThat(pool.of(List.of(), 4)).isSameAs(pool.of(List.of(), 3));
  }

  @Test
  void hasOneArchitecturePerFunction() {
    Pool pool = new CandidatePool(TINY, Deduplication.ID, SEED).of(List.of(), 0);

    assertThat(pool.architectures()).extracting(TINY::id).doesNotHaveDuplicates();
    assertThat(pool.keys())
        .isEqualTo(pool.architectures().stream().map(TINY::id).toList())
        .hasSize((int) TINY.all().map(TINY::id).distinct().count());
  }

  @Test
  void holdsNeighboursOfThePromisingInALargeSpace() {
    CandidatePool pool = new CandidatePool(HUGE, Deduplication.TEXT, SEED);
    Architecture promising = HUGE.sample(SEED.generator());

    List<Architecture> first = pool.of(List.of(promising), 7).architectures();

    assertThat(first)
        .contains(promising)
        .containsAll(HUGE.neighbours(promising))
        .doesNotHaveDuplicates()
        .hasSizeBetween(1_500, 3_000)
        .isEqualTo(pool.of(List.of(promising), 7).architectures())
        .isNotEqualTo(pool.of(List.of(promising), 8).architectures());
  }

  @Test
  void offersWhatIsNeitherKnownNorPending() {
    Pool pool = new CandidatePool(TINY, Deduplication.TEXT, SEED).of(List.of(), 0);
    Candidates candidates = new Candidates(TINY, Deduplication.TEXT, SEED);
    Proposal pending = TestTrials.proposal(TINY, 1, pool.architectures().get(0));
    Proposal known = TestTrials.proposal(TINY, 2, pool.architectures().get(5));

    candidates.await(pending);
    candidates.observe(
        OptimizerContractTest.history(List.of(TestTrials.completed(known, 1)))
            .observations()
            .get(0));

    assertThat(pool.fresh(candidates))
        .containsExactly(IntStream.range(1, 27).filter(index -> index != 5).toArray());
  }
}
