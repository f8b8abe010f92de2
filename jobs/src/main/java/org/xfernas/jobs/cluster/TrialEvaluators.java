package org.xfernas.jobs.cluster;

import java.time.InstantSource;
import org.apache.spark.api.java.JavaSparkContext;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.jobs.worker.CandidateTrialTrainer;
import org.xfernas.jobs.worker.WorkerProtocol;
import org.xfernas.search.evaluator.Evaluator;

/** Evaluators that train candidates on images. */
public final class TrialEvaluators {

  private TrialEvaluators() {}

  /**
   * The evaluator of a search's trials, as its settings have it, once Spark's executors are there.
   */
  public static Evaluator of(
      JavaSparkContext spark,
      String searchId,
      CandidateSettings candidates,
      TrialSettings trial,
      WorkerSettings worker,
      InstantSource clock)
      throws InterruptedException {
    int tasks = TaskSlots.ofAllExecutors(spark);
    TrialRunner runner =
        switch (trial.training()) {
          case WORKER ->
              new WorkerTrials(
                  spark,
                  new TrialSpec(
                      CandidateTrialTrainer.class.getName(),
                      WorkerProtocol.write(candidates),
                      trial.deadline(),
                      worker));
          case PARAMETER_AVERAGING -> new AveragedTrials(spark, candidates, trial, tasks, clock);
        };
    return new SparkEvaluator(spark, searchId, runner, clock);
  }
}
