package org.xfernas.search.optimizer;

import org.xfernas.search.Seed;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.ProcessTrainer;
import org.xfernas.search.trial.SourceKnowledge;

class BayesianOptimizationTest extends UnmodifiedOptimizerContractTest {

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new BayesianOptimization(
        "bayesian",
        space,
        new ProcessTrainer(space, new KnowledgeCache()),
        SourceKnowledge.EMPTY,
        BayesianOptimization.Settings.DEFAULT,
        deduplication,
        seed);
  }
}
