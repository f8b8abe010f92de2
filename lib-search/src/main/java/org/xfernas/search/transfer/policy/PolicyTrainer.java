package org.xfernas.search.transfer.policy;

import org.xfernas.search.Seed;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * Fits policies. A trainer is a function of its construction and its arguments; what it remembers
 * between calls saves time and nothing else. With empty knowledge, a trainer that transfers takes
 * the code path and the random numbers of the plain one.
 */
public interface PolicyTrainer {

  /**
   * A policy for the target.
   *
   * @param knowledge results of other tasks, each on a scale of its own
   * @param trust in them, from 0 (the policy is the plain one) to 1
   * @param history the target's results so far, perhaps none
   * @param seed of everything random
   */
  Policy fit(SourceKnowledge knowledge, double trust, TrialHistory history, Seed seed);
}
