package org.xfernas.jobs.cluster;

import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.xfernas.jobs.worker.TrialRequest;
import org.xfernas.jobs.worker.WorkerProtocol;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TrialResult.Place;

/**
 * A trial is one Spark task, which supervises a trial worker. A task that is lost with its executor
 * is run again by Spark, {@code spark.task.maxFailures} times at most.
 */
record WorkerTrials(JavaSparkContext spark, TrialSpec spec) implements TrialRunner {
  private static final String UNKNOWN = "unknown";

  @Override
  public int slots() {
    return TaskSlots.of(spark);
  }

  @Override
  public TaskReport run(Proposal proposal, String jobGroup) throws Exception {
    TrialRequest request =
        new TrialRequest(
            proposal.number(), proposal.architecture(), proposal.seed(), spec.settings());
    try {
      String report =
          spark
              .parallelize(List.of(WorkerProtocol.write(request)), 1)
              .map(new TrialTask(spec))
              .collect()
              .get(0);
      return WorkerProtocol.read(report, TaskReport.class);
    } catch (Exception e) {
      if (!TrialFailures.executorsLost(e)) {
        throw e;
      }
      int attempts = spark.getConf().getInt("spark.task.maxFailures", 4);
      return new TaskReport(
          TrainingReport.failed(TrialFailures.of(e), List.of(), 0),
          attempts,
          new Place(UNKNOWN, UNKNOWN, UNKNOWN, Map.of()));
    }
  }
}
