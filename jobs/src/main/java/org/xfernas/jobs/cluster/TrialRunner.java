package org.xfernas.jobs.cluster;

import org.xfernas.search.trial.Proposal;

/** How one trial is brought to its end on Spark. */
interface TrialRunner {

  /** How many trials can run at the same time, at least 1. */
  int slots();

  /**
   * Runs a trial; called by several threads, whose Spark jobs belong to the group.
   *
   * @throws Exception where Spark cannot run trials at all, which is no trial's failure
   */
  TaskReport run(Proposal proposal, String jobGroup) throws Exception;
}
