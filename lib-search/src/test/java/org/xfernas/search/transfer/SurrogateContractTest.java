package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.MlpEnsembleTrainer;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.surrogate.nao.NaoLoss;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/** What every surrogate promises. */
class SurrogateContractTest {
  private static final SearchSpace SPACE =
      new EdgeCellSpace(3, List.of("none", "skip_connect", "conv_1x1", "conv_3x3"));
  private static final Seed SEED = new Seed(1);
  private static final KnowledgeCache CACHE = new KnowledgeCache();

  /** The contract does not ask how well it learns. */
  private static final NetworkTrainer.Settings SHORT = new NetworkTrainer.Settings(2, 5, 5, 5);

  /** By itself, the network has to learn. */
  private static final JointNetworkTrainer.Settings ENOUGH =
      new JointNetworkTrainer.Settings(2, 20, 60, NaoLoss.DEFAULT);

  private static final List<Architecture> ALL = SPACE.all().toList();
  private static final TrialHistory TARGET = history(30, SurrogateContractTest::quality, 3);

  static Stream<Named<Supplier<SurrogateTrainer>>> trainers() {
    return Stream.of(
        Named.of("process", () -> new ProcessTrainer(SPACE, CACHE)),
        Named.of("network", () -> new NetworkTrainer(SPACE, CACHE, SHORT)),
        Named.of("joint network", () -> new JointNetworkTrainer(SPACE, CACHE, ENOUGH)),
        Named.of("ranking-weighted ensemble", () -> new RankingEnsembleTrainer(SPACE, CACHE)),
        Named.of(
            "ensemble of perceptrons",
            () -> new MlpEnsembleTrainer(new KnowledgeCache().features(SPACE))));
  }

  private static double quality(Architecture architecture) {
    return 60 + 3 * IntStream.of(SPACE.encode(architecture)).sum();
  }

  private static TrialHistory history(
      int evaluations, ToDoubleFunction<Architecture> score, int seed) {
    return Sources.history(SPACE, evaluations, score, new Seed(seed).generator());
  }

  private static SourceKnowledge one(TrialHistory history) {
    return new SourceKnowledge(List.of(new SourceTask("source", history)));
  }

  private static List<Prediction> predictions(
      Supplier<SurrogateTrainer> trainer, SourceKnowledge knowledge, TrialHistory history) {
    return trainer.get().fit(knowledge, history, SEED).predict(ALL);
  }

  private static double agreement(List<Prediction> predictions) {
    return new SpearmansCorrelation()
        .correlation(
            predictions.stream().mapToDouble(Prediction::mean).toArray(),
            ALL.stream().mapToDouble(SurrogateContractTest::quality).toArray());
  }

  private static void assertThatTheyAreSound(List<Prediction> predictions) {
    assertThat(predictions)
        .hasSize(ALL.size())
        .allSatisfy(one -> assertThat(one.mean()).isFinite())
        .allSatisfy(one -> assertThat(one.standardDeviation()).isFinite().isNotNegative());
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void learnsTheOrderOfTheResultsOnTheirScale(Supplier<SurrogateTrainer> trainer) {
    List<Prediction> predictions = predictions(trainer, SourceKnowledge.EMPTY, TARGET);

    assertThatTheyAreSound(predictions);
    assertThat(agreement(predictions)).isGreaterThan(0.8);
    assertThat(predictions).allSatisfy(one -> assertThat(one.mean()).isBetween(45.0, 105.0));
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void isAFunctionOfItsArguments(Supplier<SurrogateTrainer> trainer) {
    SurrogateTrainer used = trainer.get();
    Surrogate surrogate = used.fit(SourceKnowledge.EMPTY, TARGET, SEED);
    List<Prediction> predictions = surrogate.predict(ALL);
    used.fit(one(TARGET), history(7, one -> -quality(one), 4), new Seed(2));

    assertThat(surrogate.predict(ALL)).as("immutable").isEqualTo(predictions);
    assertThat(surrogate.predict(ALL.subList(5, 9))).isEqualTo(predictions.subList(5, 9));
    assertThat(used.fit(SourceKnowledge.EMPTY, TARGET, SEED).predict(ALL)).isEqualTo(predictions);
    assertThat(predictions(trainer, SourceKnowledge.EMPTY, TARGET)).isEqualTo(predictions);
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void leavesFailedAndDivergedTrialsOut(Supplier<SurrogateTrainer> trainer) {
    List<Observation> withFailures = new ArrayList<>(TARGET.observations());
    for (OptionalDouble score :
        List.of(
            OptionalDouble.empty(),
            OptionalDouble.of(Double.NaN),
            OptionalDouble.of(Double.NEGATIVE_INFINITY))) {
      Architecture architecture = ALL.get(withFailures.size());
      withFailures.add(
          new Observation(withFailures.size() + 1, architecture, SPACE.id(architecture), score));
    }

    assertThat(predictions(trainer, SourceKnowledge.EMPTY, new TrialHistory(withFailures)))
        .isEqualTo(predictions(trainer, SourceKnowledge.EMPTY, TARGET));
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void expectsTheOnlyScoreThatItHasSeen(Supplier<SurrogateTrainer> trainer) {
    for (int evaluations : new int[] {1, 12}) {
      List<Prediction> predictions =
          predictions(trainer, SourceKnowledge.EMPTY, history(evaluations, one -> 70, 5));

      assertThatTheyAreSound(predictions);
      assertThat(predictions).allSatisfy(one -> assertThat(one.mean()).isCloseTo(70, within(2.0)));
    }
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void predictsBeforeTheFirstResult(Supplier<SurrogateTrainer> trainer) {
    assertThatTheyAreSound(predictions(trainer, SourceKnowledge.EMPTY, TrialHistory.EMPTY));
    assertThatTheyAreSound(predictions(trainer, one(TARGET), TrialHistory.EMPTY));
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void learnsFromTheTargetWhateverTheSourcesAre(Supplier<SurrogateTrainer> trainer) {
    List<Observation> twice = new ArrayList<>(TARGET.observations());
    twice.addAll(TARGET.observations());
    List<SourceKnowledge> knowledge =
        List.of(
            one(TrialHistory.EMPTY),
            one(history(20, one -> Double.NaN, 6)),
            one(history(20, one -> Double.NEGATIVE_INFINITY, 6)),
            one(history(20, one -> 5, 6)),
            one(history(1, SurrogateContractTest::quality, 6)),
            one(new TrialHistory(twice)),
            one(TARGET),
            new SourceKnowledge(
                List.of(
                    new SourceTask("per cent", history(20, SurrogateContractTest::quality, 7)),
                    new SourceTask("0 to 1", history(20, one -> quality(one) / 100, 8)))));

    for (SourceKnowledge sources : knowledge) {
      List<Prediction> predictions = predictions(trainer, sources, TARGET);
      assertThatTheyAreSound(predictions);
      assertThat(agreement(predictions)).isGreaterThan(0.7);
    }
  }
}
