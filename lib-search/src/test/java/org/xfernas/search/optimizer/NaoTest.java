package org.xfernas.search.optimizer;

import org.xfernas.search.Seed;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.NetworkTrainer;
import org.xfernas.search.trial.SourceKnowledge;

class NaoTest extends UnmodifiedOptimizerContractTest {
  /** What is learnt of a space is the same for all tests. */
  private static final KnowledgeCache CACHE = new KnowledgeCache();

  /** The contract does not ask how well it learns. */
  static final NetworkTrainer.Settings SHORT = new NetworkTrainer.Settings(2, 5, 5, 5);

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new Nao(
        space, new NetworkTrainer(space, CACHE, SHORT), SourceKnowledge.EMPTY, deduplication, seed);
  }
}
