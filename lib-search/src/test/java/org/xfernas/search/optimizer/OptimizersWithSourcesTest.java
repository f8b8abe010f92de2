package org.xfernas.search.optimizer;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.NetworkTrainer;
import org.xfernas.search.transfer.ProcessTrainer;
import org.xfernas.search.transfer.RankingEnsembleTrainer;
import org.xfernas.search.trial.SourceKnowledge;

/** What every optimizer promises, by the surrogates that learn from sources and with sources. */
@Tag("acceptance")
class OptimizersWithSourcesTest {
  private static final KnowledgeCache CACHE = new KnowledgeCache();

  /** The later the operations, the better. */
  private static SourceKnowledge sources(SearchSpace space) {
    return TestSources.two(space, 40, one -> IntStream.of(space.encode(one)).sum());
  }

  private static Optimizer bayesian(
      SearchSpace space, SurrogateTrainer trainer, Deduplication deduplication, Seed seed) {
    return new BayesianOptimization(
        "bayesian",
        space,
        trainer,
        sources(space),
        BayesianOptimization.Settings.DEFAULT,
        deduplication,
        seed);
  }

  @Nested
  class ByProcesses extends OptimizerContractTest {
    @Override
    Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
      return bayesian(space, new ProcessTrainer(space, CACHE), deduplication, seed);
    }
  }

  @Nested
  class ByARankingEnsemble extends OptimizerContractTest {
    @Override
    Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
      return bayesian(space, new RankingEnsembleTrainer(space, CACHE), deduplication, seed);
    }
  }

  @Nested
  class ByANetwork extends OptimizerContractTest {
    @Override
    Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
      return new Nao(
          space,
          new NetworkTrainer(space, CACHE, NaoTest.SHORT),
          sources(space),
          deduplication,
          seed);
    }
  }
}
