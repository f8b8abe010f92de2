package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/** What every optimizer with a {@link Screen} promises. */
abstract class ScreenedOptimizerContractTest extends OptimizerContractTest {
  static final SourceKnowledge SOURCES =
      TestSources.two(NAS_BENCH_201, 40, ScreenedOptimizerContractTest::height);

  abstract Optimizer optimizer(
      SearchSpace space, Screen screen, Deduplication deduplication, Seed seed);

  @Override
  final Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    SourceKnowledge sources =
        space.equals(NAS_BENCH_201)
            ? SOURCES
            : TestSources.two(space, 40, one -> score(space, one));
    return optimizer(space, screen(space, sources), deduplication, seed);
  }

  static Screen screen(SearchSpace space, SourceKnowledge sources) {
    return Screen.of(new SimilarTokensTrainer(space), sources, new Seed(7));
  }

  /** One hill: the more of the later operations, the higher. */
  private static double height(Architecture architecture) {
    double height = 0;
    for (int token : NAS_BENCH_201.encode(architecture)) {
      height += token;
    }
    return height;
  }

  static Surrogate surrogate(TrialHistory history) {
    return new SimilarTokensTrainer(NAS_BENCH_201).fit(SOURCES, history, SEED);
  }

  static Architecture bestPredicted(Stream<Architecture> architectures) {
    List<Architecture> all = architectures.toList();
    List<Prediction> predictions = surrogate(TrialHistory.EMPTY).predict(all);
    return all.stream()
        .max(Comparator.comparing(one -> predictions.get(all.indexOf(one)).mean()))
        .orElseThrow();
  }

  @Test
  void saysWithEveryProposalWhatTheSurrogateExpectsOfItAndWhatTheSourcesHadToDoWithIt() {
    Optimizer optimizer = optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED);
    AsynchronousSearch search =
        new AsynchronousSearch(NAS_BENCH_201, landscape(NAS_BENCH_201)).run(optimizer, 1, 20);

    for (int known : new int[] {0, 1, 20}) {
      assertThat(optimizer.suggest(history(search.trials.subList(0, known)), List.of(), 15))
          .extracting(Suggestion::explanation)
          .allSatisfy(one -> assertThat(one.prediction()).isPresent())
          .allSatisfy(one -> assertThat(one.transfer()).isPresent());
    }
  }

  @Test
  void isTheUnmodifiedOptimizerWithoutSources() {
    Optimizer without =
        optimizer(
            NAS_BENCH_201, screen(NAS_BENCH_201, SourceKnowledge.EMPTY), Deduplication.TEXT, SEED);
    AsynchronousSearch search =
        new AsynchronousSearch(NAS_BENCH_201, landscape(NAS_BENCH_201)).run(without, 3, 60);

    assertThat(search.proposals)
        .isEqualTo(
            new AsynchronousSearch(NAS_BENCH_201, landscape(NAS_BENCH_201))
                .run(optimizer(NAS_BENCH_201, Screen.NONE, Deduplication.TEXT, SEED), 3, 60)
                .proposals);
  }
}
