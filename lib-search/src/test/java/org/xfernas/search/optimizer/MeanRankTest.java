package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.xfernas.search.TestSources.failure;
import static org.xfernas.search.TestSources.observation;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

class MeanRankTest {
  private static final SearchSpace SPACE =
      new EdgeCellSpace(3, List.of("skip_connect", "nor_conv_1x1", "nor_conv_3x3"));
  private static final Architecture A = SPACE.decode(new int[] {2, 2, 2});
  private static final Architecture B = SPACE.decode(new int[] {2, 2, 1});
  private static final Architecture C = SPACE.decode(new int[] {2, 1, 1});
  private static final Architecture D = SPACE.decode(new int[] {1, 1, 1});

  private static SourceTask task(String name, Observation... observations) {
    return new SourceTask(name, new TrialHistory(List.of(observations)));
  }

  private static List<Architecture> order(Deduplication deduplication, SourceTask... tasks) {
    return MeanRank.order(new SourceKnowledge(List.of(tasks)), deduplication);
  }

  /** Ranks A 1 and 3 of 3, B 2 of 3 and 1 of 3, C 3 and 2 of 3, all three on both sources. */
  @Test
  void ordersByTheMeanOfTheRanks() {
    assertThat(
            order(
                Deduplication.TEXT,
                task(
                    "per cent",
                    observation(SPACE, 1, A, 90),
                    observation(SPACE, 2, B, 80),
                    observation(SPACE, 3, C, 10)),
                task(
                    "loss",
                    observation(SPACE, 1, A, -3),
                    observation(SPACE, 2, B, -1),
                    observation(SPACE, 3, C, -2))))
        .containsExactly(B, A, C);
  }

  /**
   * The middle of four, tied with another, is 0.5; the best of one is 0.5; the best of four .125.
   */
  @Test
  void comparesRanksOfSourcesOfDifferentSizesAndLeavesFailuresOut() {
    assertThat(
            order(
                Deduplication.TEXT,
                task("one", observation(SPACE, 1, D, 99), failure(SPACE, 2, A)),
                task(
                    "four",
                    observation(SPACE, 1, C, 1),
                    observation(SPACE, 2, A, 5),
                    observation(SPACE, 3, B, 3),
                    observation(SPACE, 4, C, 3))))
        .containsExactly(A, D, B, C);
  }

  /** A convolution beside a skip, before or after another skip. */
  @Test
  void takesOneOfThoseThatAreTheSame() {
    Architecture same = SPACE.decode(new int[] {1, 0, 0});
    Architecture twin = SPACE.decode(new int[] {0, 0, 1});
    SourceTask task = task("task", observation(SPACE, 1, same, 2), observation(SPACE, 2, twin, 1));

    assertThat(order(Deduplication.TEXT, task)).containsExactly(same, twin);
    assertThat(order(Deduplication.ID, task)).containsExactly(same);
  }
}
