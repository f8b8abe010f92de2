package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

class ScreenedLocalSearchTest extends ScreenedOptimizerContractTest {

  @Override
  Optimizer optimizer(SearchSpace space, Screen screen, Deduplication deduplication, Seed seed) {
    return new LocalSearch(space, screen, deduplication, seed);
  }

  @Test
  void startsAtTheBestOfThePoolAndGoesToTheMostPromisingNeighbourOfTheBest() {
    Optimizer search = optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED);
    Suggestion start = search.suggest(TrialHistory.EMPTY, List.of(), 1).get(0);
    assertThat(start.architecture()).isEqualTo(bestPredicted(NAS_BENCH_201.all()));

    List<Trial> trials = new ArrayList<>();
    trials.add(completed(1, start.architecture(), 50));
    Suggestion probe = search.suggest(history(trials), List.of(), 1).get(0);
    assertThat(probe.explanation().reason()).isEqualTo("random start");

    trials.add(completed(2, probe.architecture(), 60));
    Surrogate surrogate = surrogate(history(trials));
    Suggestion neighbour = search.suggest(history(trials), List.of(), 1).get(0);
    assertThat(neighbour.explanation().reason()).isEqualTo("neighbour of 2");
    assertThat(neighbour.explanation().prediction().orElseThrow().mean())
        .isEqualTo(
            surrogate.predict(NAS_BENCH_201.neighbours(probe.architecture())).stream()
                .mapToDouble(Prediction::mean)
                .max()
                .orElseThrow());
  }

  @Test
  void startsAgainWhereAllNeighboursOfTheBestAreKnown() {
    List<Trial> trials = new ArrayList<>();
    Architecture top = NAS_BENCH_201.decode(new int[] {0, 1, 2, 3, 4, 0});
    trials.add(completed(1, top, 99));
    for (Architecture neighbour : NAS_BENCH_201.neighbours(top)) {
      trials.add(completed(trials.size() + 1, neighbour, 1));
    }

    assertThat(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(history(trials), List.of(), 1))
        .extracting(suggestion -> suggestion.explanation().reason())
        .containsExactly("screened start");
  }

  private static Trial completed(int number, Architecture architecture, double score) {
    return TestTrials.completed(TestTrials.proposal(NAS_BENCH_201, number, architecture), score);
  }
}
