package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

class GreedyMutationTest extends UnmodifiedOptimizerContractTest {
  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new GreedyMutation(space, deduplication, seed);
  }

  @Test
  void changesOneDecisionOfTheBest() {
    List<Trial> trials =
        new AsynchronousSearch(NAS_BENCH_201, landscape(NAS_BENCH_201))
            .run(new RandomSearch(NAS_BENCH_201, Deduplication.TEXT, SEED), 1, 10)
            .trials;
    Proposal best =
        trials.stream()
            .map(Trial::proposal)
            .max(Comparator.comparingDouble(one -> score(NAS_BENCH_201, one.architecture())))
            .orElseThrow();
    List<Architecture> neighbours = NAS_BENCH_201.neighbours(best.architecture());

    List<Suggestion> suggestions =
        optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED).suggest(history(trials), List.of(), 5);

    assertThat(suggestions)
        .hasSize(5)
        .allSatisfy(one -> assertThat(neighbours).contains(one.architecture()))
        .extracting(one -> one.explanation().reason())
        .containsOnly("mutation of " + best.number());
  }
}
