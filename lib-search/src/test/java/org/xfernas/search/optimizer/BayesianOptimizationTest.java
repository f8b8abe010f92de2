package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.ProcessTrainer;
import org.xfernas.search.transfer.Sources;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

class BayesianOptimizationTest extends UnmodifiedOptimizerContractTest {
  private static final KnowledgeCache CACHE = new KnowledgeCache();

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return optimizer(space, SourceKnowledge.EMPTY, deduplication, seed);
  }

  static Optimizer optimizer(
      SearchSpace space, SourceKnowledge knowledge, Deduplication deduplication, Seed seed) {
    return new BayesianOptimization(
        "bayesian",
        space,
        new ProcessTrainer(space, CACHE),
        knowledge,
        BayesianOptimization.Settings.DEFAULT,
        deduplication,
        seed);
  }

  @Test
  void proposesTheSameWithoutSourcesAndWithSourcesThatSayNothing() {
    SourceKnowledge nothing = Sources.of(NAS_BENCH_201, 50, List.of(architecture -> 5.0));

    assertThat(texts(nothing, 12)).isEqualTo(texts(SourceKnowledge.EMPTY, 12));
  }

  @Test
  void startsAtTheBestThatTheSourcesExpectThenProbesThem() {
    SourceKnowledge sources =
        Sources.of(NAS_BENCH_201, 100, List.of(Sources::convolutions, Sources::convolutions));
    Optimizer optimizer = optimizer(NAS_BENCH_201, sources, Deduplication.TEXT, SEED);

    List<Suggestion> suggestions = optimizer.suggest(TrialHistory.EMPTY, List.of(), 4);

    assertThat(suggestions.subList(0, 3))
        .extracting(suggestion -> Sources.convolutions(suggestion.architecture()))
        .allSatisfy(convolutions -> assertThat(convolutions).isGreaterThanOrEqualTo(4));
    assertThat(suggestions.get(3).explanation().reason()).isEqualTo("probe of the sources");
    assertThat(Sources.convolutions(suggestions.get(3).architecture())).isBetween(1.0, 4.0);
    assertThat(suggestions.get(0).explanation().transfer().orElseThrow().universal())
        .isGreaterThan(0.5);
  }

  @Test
  void probesSourcesThatDifferBeforeItFollowsThemAgain() {
    SourceKnowledge sources =
        Sources.of(
            NAS_BENCH_201,
            100,
            List.of(Sources::convolutions, one -> NAS_BENCH_201.encode(one)[0] % 3));
    Optimizer optimizer = optimizer(NAS_BENCH_201, sources, Deduplication.TEXT, SEED);

    assertThat(optimizer.suggest(TrialHistory.EMPTY, List.of(), 4))
        .extracting(suggestion -> suggestion.explanation().reason().equals("probe of the sources"))
        .containsExactly(false, true, false, false);
  }

  private static List<String> texts(SourceKnowledge knowledge, int limit) {
    Optimizer optimizer = optimizer(NAS_BENCH_201, knowledge, Deduplication.TEXT, SEED);
    return new AsynchronousSearch(NAS_BENCH_201, landscape(NAS_BENCH_201))
        .run(optimizer, 2, limit)
        .texts();
  }
}
