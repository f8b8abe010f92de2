package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

class LocalSearchTest extends UnmodifiedOptimizerContractTest {
  private final List<Trial> trials = new ArrayList<>();

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new LocalSearch(space, Screen.NONE, deduplication, seed);
  }

  private Suggestion next() {
    return optimizer(NAS_BENCH_201, Deduplication.TEXT, new Seed(5))
        .suggest(history(trials), List.of(), 1)
        .get(0);
  }

  private void complete(Architecture architecture) {
    trials.add(TestTrials.completed(proposal(architecture), height(architecture)));
  }

  private void fail(Architecture architecture) {
    trials.add(TestTrials.failed(proposal(architecture)));
  }

  private Proposal proposal(Architecture architecture) {
    return TestTrials.proposal(NAS_BENCH_201, trials.size() + 1, architecture);
  }

  /** One hill without ties, 5^6 - 1 high at the cell with the last operation everywhere. */
  private static double height(Architecture architecture) {
    double height = 0;
    for (int token : NAS_BENCH_201.encode(architecture)) {
      height = 5 * height + token;
    }
    return height;
  }

  @Test
  void evaluatesAllNeighboursBeforeItMovesToTheBestAndStartsAgainAtTheTop() {
    Architecture centre = next().architecture();
    complete(centre);
    Set<Architecture> known = new HashSet<>(Set.of(centre));
    while (height(centre) < 15_624) {
      List<Architecture> neighbours = NAS_BENCH_201.neighbours(centre);
      Set<Architecture> expected = new HashSet<>(neighbours);
      expected.removeAll(known);
      while (!expected.isEmpty()) {
        Suggestion suggestion = next();
        assertThat(suggestion.explanation().reason()).startsWith("neighbour of ");
        assertThat(expected.remove(suggestion.architecture())).isTrue();
        complete(suggestion.architecture());
      }
      known.addAll(neighbours);
      centre = neighbours.stream().max(Comparator.comparing(LocalSearchTest::height)).orElseThrow();
    }
    Set<Architecture> last = new HashSet<>(NAS_BENCH_201.neighbours(centre));
    last.removeAll(known);
    for (int left = last.size(); left > 0; left--) {
      complete(next().architecture());
    }

    assertThat(next().explanation().reason()).isEqualTo("random start 2");
  }

  @Test
  void climbsNeitherFromNorToAFailedTrial() {
    fail(next().architecture());
    assertThat(next().explanation().reason()).isEqualTo("random start 2");

    complete(next().architecture());
    for (int neighbour = 0; neighbour < 24; neighbour++) {
      assertThat(next().explanation().reason()).isEqualTo("neighbour of 2");
      fail(next().architecture());
    }
    assertThat(next().explanation().reason()).isEqualTo("random start 3");
  }

  @Test
  void startsTheNextClimbWhileOneWaits() {
    LocalSearch search =
        new LocalSearch(NAS_BENCH_201, Screen.NONE, Deduplication.TEXT, new Seed(5));
    Proposal first = proposal(next().architecture());

    assertThat(search.suggest(history(trials), List.of(first), 2))
        .extracting(suggestion -> suggestion.explanation().reason())
        .containsExactly("random start 2", "random start 3");
  }
}
