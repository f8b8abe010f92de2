package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.optimizer.RegularizedEvolution.Settings;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.TrialHistory;

class ScreenedEvolutionTest extends ScreenedOptimizerContractTest {

  @Override
  Optimizer optimizer(SearchSpace space, Screen screen, Deduplication deduplication, Seed seed) {
    return new RegularizedEvolution(space, screen, new Settings(10, 3), deduplication, seed);
  }

  @Test
  void startsWithTheBestOfThePoolAndOneRandomDraw() {
    List<Suggestion> first =
        optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
            .suggest(TrialHistory.EMPTY, List.of(), 10);

    assertThat(first)
        .extracting(suggestion -> suggestion.explanation().reason())
        .startsWith("screened member", "random member", "screened member")
        .containsOnlyOnce("random member");
    assertThat(first.get(0).architecture()).isEqualTo(bestPredicted(NAS_BENCH_201.all()));
    assertThat(first.get(0).explanation().prediction()).isPresent();
    assertThat(first.get(0).explanation().transfer()).isPresent();
  }

  /** With one member, the brood is a few dozen draws of its 24 neighbours, so nearly all. */
  @Test
  void evaluatesTheBestOfABrood() {
    Architecture parent = NAS_BENCH_201.decode(new int[] {0, 1, 2, 3, 4, 0});
    TrialHistory history =
        history(List.of(TestTrials.completed(TestTrials.proposal(NAS_BENCH_201, 1, parent), 50)));
    List<Double> predictions =
        surrogate(history).predict(NAS_BENCH_201.neighbours(parent)).stream()
            .map(Prediction::mean)
            .sorted(Comparator.reverseOrder())
            .toList();
    int best = 0;
    for (int seed = 0; seed < 20; seed++) {
      Suggestion child =
          new RegularizedEvolution(
                  NAS_BENCH_201,
                  screen(NAS_BENCH_201, SOURCES),
                  new Settings(1, 1),
                  Deduplication.TEXT,
                  new Seed(seed))
              .suggest(history, List.of(), 1)
              .get(0);
      double predicted = child.explanation().prediction().orElseThrow().mean();
      assertThat(child.explanation().reason()).isEqualTo("mutation of 1");
      assertThat(predicted).isGreaterThanOrEqualTo(predictions.get(4));
      best += predicted == predictions.get(0) ? 1 : 0;
    }
    assertThat(best).isGreaterThan(10);
  }
}
