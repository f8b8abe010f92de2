package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.Operations;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

class ProcessTrainerTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, Operations.NAS_BENCH_201);
  private static final Seed SEED = new Seed(1);
  private static final KnowledgeCache CACHE = new KnowledgeCache();
  private static final List<Architecture> UNSEEN =
      Sources.history(SPACE, 200, one -> 0, new Seed(77).generator()).observations().stream()
          .map(Observation::architecture)
          .toList();

  /** Smooth over the structure, and between -6 and 24. */
  private static double quality(Architecture architecture) {
    int[] tokens = SPACE.encode(architecture);
    return IntStream.range(0, 6)
        .mapToDouble(edge -> tokens[edge] == 3 ? 4 : tokens[edge] - 1)
        .sum();
  }

  static Stream<SurrogateTrainer> trainers() {
    return Stream.of(new ProcessTrainer(SPACE, CACHE), new RankingEnsembleTrainer(SPACE, CACHE));
  }

  private static TrialHistory target(int evaluations) {
    return Sources.history(
        SPACE, evaluations, ProcessTrainerTest::quality, new Seed(3).generator());
  }

  private static double agreement(Surrogate surrogate) {
    return new SpearmansCorrelation()
        .correlation(
            means(surrogate), UNSEEN.stream().mapToDouble(ProcessTrainerTest::quality).toArray());
  }

  private static double[] means(Surrogate surrogate) {
    return surrogate.predict(UNSEEN).stream().mapToDouble(Prediction::mean).toArray();
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void learnsFromTheTargetAlone(SurrogateTrainer trainer) {
    Surrogate surrogate = trainer.fit(SourceKnowledge.EMPTY, target(60), SEED);

    assertThat(agreement(surrogate)).isGreaterThan(0.8);
    assertThat(surrogate.shares()).isEmpty();
    assertThat(surrogate.predict(UNSEEN))
        .allSatisfy(one -> assertThat(one.mean()).isBetween(-15.0, 35.0))
        .allSatisfy(one -> assertThat(one.standardDeviation()).isPositive());
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void knowsTheOrderFromSourcesBeforeTheFirstResult(SurrogateTrainer trainer) {
    SourceKnowledge sources =
        Sources.of(SPACE, 100, List.of(ProcessTrainerTest::quality, one -> Math.exp(quality(one))));

    assertThat(agreement(trainer.fit(sources, TrialHistory.EMPTY, SEED))).isGreaterThan(0.9);
    assertThat(agreement(trainer.fit(sources, target(10), SEED))).isGreaterThan(0.9);
  }

  @ParameterizedTest
  @MethodSource("trainers")
  void publishesWhichSourceTheTargetFollows(SurrogateTrainer trainer) {
    SourceKnowledge sources =
        Sources.of(SPACE, 100, List.of(ProcessTrainerTest::quality, Sources::skips));

    TransferShares shares = trainer.fit(sources, target(25), SEED).shares().orElseThrow();

    assertThat(shares.sources()).extracting(Source::task).containsExactly("task 0", "task 1");
    assertThat(shares.sources().get(0).similarity()).isGreaterThan(0.5);
    assertThat(shares.sources().get(0).similarity())
        .isGreaterThan(shares.sources().get(1).similarity());
    assertThat(shares.sources().get(0).weight()).isGreaterThan(shares.sources().get(1).weight());
    assertThat(shares.universal() + shares.residual()).isCloseTo(1, within(1e-12));
  }

  @Test
  void foundOutThatTheTargetReversesTheSources() {
    SourceKnowledge sources =
        Sources.of(SPACE, 100, List.of(one -> -quality(one), one -> -2 * quality(one)));
    ProcessTrainer trainer = new ProcessTrainer(SPACE, CACHE);

    assertThat(agreement(trainer.fit(sources, TrialHistory.EMPTY, SEED))).isLessThan(-0.9);
    assertThat(agreement(trainer.fit(sources, target(6), SEED))).isGreaterThan(0.7);
  }

  @Test
  void predictsTheSameOnEveryScaleOfTheSources() {
    SourceKnowledge perCent =
        Sources.of(SPACE, 60, List.of(ProcessTrainerTest::quality, ProcessTrainerTest::quality));
    SourceKnowledge mixed =
        Sources.of(SPACE, 60, List.of(ProcessTrainerTest::quality, one -> quality(one) / 100));

    assertThat(means(fit(mixed, target(8))))
        .containsExactly(means(fit(perCent, target(8))), within(1e-9));
  }

  /** The good lie close, and half of the results are those of others. */
  @Test
  void learnsFromSourcesOfWhichHalfIsWrong() {
    RandomGenerator random = new Seed(5).generator();
    SourceKnowledge sources =
        Sources.of(
            SPACE,
            200,
            Collections.nCopies(
                2,
                one -> -Math.exp(-quality(random.nextBoolean() ? one : SPACE.sample(random)) / 4)));

    assertThat(agreement(new ProcessTrainer(SPACE, CACHE).fit(sources, TrialHistory.EMPTY, SEED)))
        .isGreaterThan(0.85);
  }

  /** Nothing to learn: without a success, constant, not a number, one evaluation each. */
  static Stream<SourceKnowledge> useless() {
    List<SourceTask> single = new ArrayList<>();
    for (int task = 0; task < 10_000; task++) {
      single.add(
          new SourceTask(
              "task " + task,
              Sources.history(SPACE, 1, ProcessTrainerTest::quality, new Seed(task).generator())));
    }
    return Stream.of(
        Sources.of(SPACE, 20, List.of(one -> Double.NaN)),
        Sources.of(SPACE, 20, List.of(one -> 5)),
        Sources.of(SPACE, 20, List.of(one -> Double.POSITIVE_INFINITY)),
        new SourceKnowledge(
            List.of(
                new SourceTask(
                    "not a number",
                    new TrialHistory(
                        target(20).observations().stream()
                            .map(one -> with(one, Double.NaN))
                            .toList())))),
        new SourceKnowledge(List.of(new SourceTask("empty", TrialHistory.EMPTY))),
        new SourceKnowledge(single));
  }

  private static Observation with(Observation one, double score) {
    return new Observation(one.number(), one.architecture(), one.id(), OptionalDouble.of(score));
  }

  @ParameterizedTest
  @MethodSource("useless")
  void isThePlainProcessWhereSourcesSayNothing(SourceKnowledge sources) {
    Surrogate surrogate = fit(sources, target(12));

    assertThat(surrogate.predict(UNSEEN))
        .isEqualTo(fit(SourceKnowledge.EMPTY, target(12)).predict(UNSEEN));
    assertThat(surrogate.shares().orElseThrow().universal()).isZero();
    assertThat(surrogate.shares().orElseThrow().sources())
        .allSatisfy(source -> assertThat(source.weight()).isZero());
  }

  @Test
  void takesASourceThatIsTheTargetItself() {
    SourceKnowledge same = new SourceKnowledge(List.of(new SourceTask("same", target(60))));

    assertThat(agreement(fit(same, target(60)))).isGreaterThan(0.8);
  }

  @Test
  void takesEveryArchitectureOfASourceOnce() {
    TrialHistory once = target(60);
    List<Observation> twice = new ArrayList<>(once.observations());
    twice.addAll(once.observations());

    assertThat(
            means(
                fit(
                    new SourceKnowledge(List.of(new SourceTask("twice", new TrialHistory(twice)))),
                    target(5))))
        .isEqualTo(
            means(fit(new SourceKnowledge(List.of(new SourceTask("once", once))), target(5))));
  }

  @Test
  void learnsNothingFromFailedTrials() {
    List<Observation> withFailures = new ArrayList<>(target(20).observations());
    for (Architecture failed : UNSEEN.subList(0, 5)) {
      withFailures.add(
          new Observation(
              100 + withFailures.size(), failed, SPACE.id(failed), OptionalDouble.empty()));
    }

    assertThat(means(fit(SourceKnowledge.EMPTY, new TrialHistory(withFailures))))
        .isEqualTo(means(fit(SourceKnowledge.EMPTY, target(20))));
  }

  @Test
  void servesASpaceOfBlockCells() {
    SearchSpace blocks =
        new BlockCellSpace(
            4, List.of("identity", "sep_conv_3x3", "max_pool_3x3"), OutputRule.UNUSED);
    SourceKnowledge sources =
        Sources.of(blocks, 100, List.of(Sources::convolutions, Sources::convolutions));
    List<Architecture> unseen =
        Sources.history(blocks, 100, one -> 0, new Seed(5).generator()).observations().stream()
            .map(Observation::architecture)
            .toList();

    List<Prediction> predictions =
        new ProcessTrainer(blocks, CACHE).fit(sources, TrialHistory.EMPTY, SEED).predict(unseen);

    assertThat(
            new SpearmansCorrelation()
                .correlation(
                    predictions.stream().mapToDouble(Prediction::mean).toArray(),
                    unseen.stream().mapToDouble(Sources::convolutions).toArray()))
        .isGreaterThan(0.8);
  }

  private static Surrogate fit(SourceKnowledge sources, TrialHistory history) {
    return new ProcessTrainer(SPACE, CACHE).fit(sources, history, SEED);
  }
}
