package org.xfernas.search.surrogate;

import org.xfernas.search.Seed;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * Fits surrogates. A trainer is a function of its construction and its arguments; what it remembers
 * between calls saves time and nothing else. With empty knowledge, a trainer that transfers takes
 * the code path and the random numbers of the plain one.
 */
public interface SurrogateTrainer {

  /**
   * A model of the target's scores.
   *
   * @param knowledge results of other tasks, each on a scale of its own
   * @param history the target's results so far, perhaps none; how failed ones count is up to the
   *     trainer and documented there
   * @param seed of everything random
   */
  Surrogate fit(SourceKnowledge knowledge, TrialHistory history, Seed seed);
}
