package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.optimizer.OptimizerContractTest.AsynchronousSearch;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.ListedSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

class OptimizersTest {
  private static final SearchSpace SPACE =
      new EdgeCellSpace(3, List.of("none", "skip_connect", "nor_conv_3x3"));
  private static final int EVALUATIONS = 8;
  private static final KnowledgeCache CACHE = new KnowledgeCache();

  private static Optimizer optimizer(OptimizerType type, SourceKnowledge knowledge) {
    return Optimizers.of(
        new OptimizerSettings(type, Transfer.DEFAULT, 4, 2),
        SPACE,
        knowledge,
        Deduplication.TEXT,
        new Seed(1),
        CACHE);
  }

  @ParameterizedTest
  @EnumSource(names = {"EVOLUTION", "LOCAL_SEARCH", "BAYESIAN", "NAO", "REINFORCE", "RGPE"})
  void everyProposalOfASearchWithSourcesIsExplained(OptimizerType type) {
    SourceKnowledge sources =
        TestSources.two(SPACE, 20, one -> OptimizerContractTest.score(SPACE, one));
    Optimizer optimizer =
        new ShadowedOptimizer(optimizer(type, sources), optimizer(type, SourceKnowledge.EMPTY));
    List<Trial> trials =
        new AsynchronousSearch(SPACE, OptimizerContractTest.landscape(SPACE))
            .run(optimizer(OptimizerType.RANDOM, SourceKnowledge.EMPTY), 1, EVALUATIONS)
            .trials;

    for (int known = 0; known < EVALUATIONS; known++) {
      TrialHistory history = OptimizerContractTest.history(trials.subList(0, known));
      assertThat(optimizer.suggest(history, List.of(), 3))
          .extracting(Suggestion::explanation)
          .hasSize(3)
          .allSatisfy(one -> assertThat(one.prediction()).isPresent())
          .allSatisfy(one -> assertThat(one.shadow()).isPresent())
          .allSatisfy(one -> assertThat(one.transfer().orElseThrow().sources()).hasSize(2));
    }
  }

  @ParameterizedTest
  @CsvSource({"BAYESIAN, NETWORK", "BAYESIAN, JOINT_NETWORK", "NAO, NETWORK", "REINFORCE, NETWORK"})
  void resultsOfCellsWithoutTokensStopNone(OptimizerType type, SurrogateType surrogate) {
    BlockCellSpace space = new BlockCellSpace(2, List.of("a", "b"), OutputRule.UNUSED);
    Architecture named =
        space.parse("normal[0 a + 1 a | 2 a + 0 a -> 2,3] reduction[0 a + 1 a | 2 a + 0 a]");
    TrialHistory best =
        new TrialHistory(
            List.of(new Observation(0, named, space.id(named), OptionalDouble.of(99))));
    List<SourceTask> sources =
        new ArrayList<>(TestSources.two(space, 20, one -> space.encode(one)[1]).tasks());
    sources.add(new SourceTask("named", best));
    Optimizer optimizer =
        Optimizers.of(
            new OptimizerSettings(type, surrogate, Transfer.NETWORK, 4, 2),
            space,
            new SourceKnowledge(sources),
            Deduplication.TEXT,
            new Seed(1),
            CACHE);

    assertThat(optimizer.suggest(best, List.of(), 2)).hasSize(2);
  }

  @ParameterizedTest
  @EnumSource(names = {"RANDOM", "BAYESIAN", "NAO", "RGPE"})
  void listedArchitecturesAreProposedAndNoOthers(OptimizerType type) {
    List<Architecture> listed = SPACE.all().filter(one -> SPACE.encode(one)[1] == 2).toList();
    Optimizer optimizer =
        Optimizers.among(
            new OptimizerSettings(type, Transfer.DEFAULT, 4, 2),
            SPACE,
            new ListedSpace(SPACE, listed),
            TestSources.two(SPACE, 20, one -> OptimizerContractTest.score(SPACE, one)),
            new Seed(1),
            CACHE);

    List<Suggestion> all = optimizer.suggest(TrialHistory.EMPTY, List.of(), listed.size() + 3);

    assertThat(all)
        .extracting(Suggestion::architecture)
        .containsExactlyInAnyOrderElementsOf(listed);
  }

  @ParameterizedTest
  @EnumSource(names = {"EVOLUTION", "LOCAL_SEARCH", "REINFORCE", "REPLAY", "REPLAY_EVOLUTION"})
  void anOptimizerThatMakesItsCandidatesIsNotHeldToListedOnes(OptimizerType type) {
    assertThatThrownBy(
            () ->
                Optimizers.among(
                    new OptimizerSettings(type, Transfer.NONE, 4, 2),
                    SPACE,
                    new ListedSpace(SPACE, SPACE.all().limit(2).toList()),
                    SourceKnowledge.EMPTY,
                    new Seed(1),
                    CACHE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("(optimizer=%s)".formatted(type.text()));
  }

  @ParameterizedTest
  @EnumSource
  void bayesianOptimizationProposesByTheSurrogateThatIsNamed(SurrogateType surrogate) {
    Optimizer optimizer =
        Optimizers.of(
            new OptimizerSettings(OptimizerType.BAYESIAN, surrogate, Transfer.NONE, 4, 2),
            SPACE,
            SourceKnowledge.EMPTY,
            Deduplication.TEXT,
            new Seed(1),
            CACHE);
    List<Trial> trials =
        new AsynchronousSearch(SPACE, OptimizerContractTest.landscape(SPACE))
            .run(optimizer(OptimizerType.RANDOM, SourceKnowledge.EMPTY), 1, EVALUATIONS)
            .trials;
    TrialHistory history = OptimizerContractTest.history(trials);

    Suggestion suggestion = optimizer.suggest(history, List.of(), 1).get(0);

    assertThat(suggestion.explanation().prediction())
        .contains(
            surrogate
                .trainer(SPACE, CACHE)
                .fit(SourceKnowledge.EMPTY, history, new Seed(1))
                .predict(List.of(suggestion.architecture()))
                .get(0));
  }

  /** Sources that say nothing, little, or the same twice; each is a way in which they came. */
  static Stream<Arguments> oddSources() {
    ToDoubleFunction<Architecture> score = one -> OptimizerContractTest.score(SPACE, one);
    SourceTask good = TestSources.drawn("good", SPACE, 20, score);
    List<Observation> twice = new ArrayList<>(good.history().observations());
    twice.addAll(good.history().observations());
    List<SourceTask> ofOnePoint =
        IntStream.range(0, 10_000)
            .mapToObj(task -> TestSources.drawn("task " + task, SPACE, 1, score))
            .toList();
    Map<String, List<SourceTask>> odd =
        new TreeMap<>(
            Map.of(
                "none succeeded",
                List.of(new SourceTask("failed", failed(good.history()))),
                "constant",
                List.of(TestSources.drawn("constant", SPACE, 20, one -> 5)),
                "not a number",
                List.of(TestSources.drawn("nan", SPACE, 20, one -> Double.NaN)),
                "0 to 1 beside per cent",
                List.of(
                    good,
                    TestSources.drawn("shares", SPACE, 20, one -> score.applyAsDouble(one) / 100)),
                "duplicates",
                List.of(new SourceTask("twice", new TrialHistory(twice))),
                "identical to the target",
                List.of(new SourceTask("target", good.history()), good),
                "of one point each",
                ofOnePoint));
    return Stream.of(OptimizerType.values())
        .filter(type -> !type.transfers().isEmpty())
        .flatMap(
            type ->
                odd.entrySet().stream()
                    .map(one -> Arguments.of(type, one.getKey(), one.getValue())));
  }

  private static TrialHistory failed(TrialHistory history) {
    return new TrialHistory(
        history.observations().stream()
            .map(one -> TestSources.failure(SPACE, one.number(), one.architecture()))
            .toList());
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("oddSources")
  void searchesWithOddSources(OptimizerType type, String name, List<SourceTask> sources) {
    AsynchronousSearch search =
        new AsynchronousSearch(SPACE, OptimizerContractTest.landscape(SPACE))
            .run(optimizer(type, new SourceKnowledge(sources)), 2, EVALUATIONS);

    assertThat(search.texts()).hasSize(EVALUATIONS).doesNotHaveDuplicates();
    assertThat(search.trials).hasSize(EVALUATIONS);
  }
}
