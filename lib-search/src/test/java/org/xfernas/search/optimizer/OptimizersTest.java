package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.optimizer.OptimizerContractTest.AsynchronousSearch;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

class OptimizersTest {
  private static final SearchSpace SPACE =
      new EdgeCellSpace(3, List.of("none", "skip_connect", "nor_conv_3x3"));
  private static final int EVALUATIONS = 8;

  private static Optimizer optimizer(OptimizerType type, SourceKnowledge knowledge) {
    return Optimizers.of(
        new OptimizerSettings(type, Transfer.DEFAULT, 4, 2),
        SPACE,
        knowledge,
        Deduplication.TEXT,
        new Seed(1));
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
}
