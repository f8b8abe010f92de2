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

  /** The evaluator of a search's trials, as its settings have it. */
  public static Evaluator of(
      JavaSparkContext spark,
      String searchId,
      CandidateSettings candidates,
      TrialSettings trial,
      WorkerSettings worker,
      InstantSource clock) {
    TrialSpec spec =
        new TrialSpec(
            CandidateTrialTrainer.class.getName(),
            WorkerProtocol.write(candidates),
            trial.deadline(),
            worker);
    return new SparkEvaluator(spark, searchId, spec, clock);
  }
}
