package org.xfernas.search.optimizer;

import org.junit.jupiter.api.Tag;
import org.xfernas.search.Seed;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;

/** Bayesian optimization with another surrogate than its own keeps the contract. */
@Tag("acceptance")
class MlpEnsembleBayesianTest extends OptimizerContractTest {

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return Optimizers.of(
        new OptimizerSettings(
            OptimizerType.BAYESIAN, SurrogateType.MLP_ENSEMBLE, Transfer.DEFAULT, 10, 3),
        space,
        SourceKnowledge.EMPTY,
        deduplication,
        seed);
  }
}
