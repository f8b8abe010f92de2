package org.xfernas.jobs.cluster;

import java.time.Duration;
import org.xfernas.search.trial.Failure;

/** What becomes of a trial for which something went wrong around its training. */
final class TrialFailures {
  private static final String EXECUTOR_LOST = "ExecutorLostFailure";

  private TrialFailures() {}

  static Failure deadline(Duration deadline) {
    return new Failure(
        Failure.Kind.DEADLINE,
        "still training at its deadline of %d s".formatted(deadline.toSeconds()));
  }

  /** Of a trial that lost its last worker. */
  static Failure lost(WorkerLostException lost, int workers) {
    return lost.outOfMemory()
        ? new Failure(Failure.Kind.OUT_OF_MEMORY, lost.getMessage())
        : new Failure(
            Failure.Kind.CRASH,
            "it lost %d workers; the last time %s".formatted(workers, lost.getMessage()));
  }

  /** Of a Spark job that failed for the sake of its trial. */
  static Failure of(Throwable job) {
    return executorsLost(job)
        ? new Failure(Failure.Kind.CRASH, "it lost one executor after the other: " + reason(job))
        : new Failure(Failure.Kind.ERROR, reason(job));
  }

  /** Whether Spark gave a job up because it lost one executor after the other. */
  static boolean executorsLost(Throwable job) {
    return String.valueOf(job.getMessage()).contains(EXECUTOR_LOST);
  }

  /** Of a failed job what its task said, without Spark's account of it. */
  static String reason(Throwable job) {
    Throwable task = job.getCause() == null ? job : job.getCause();
    return String.valueOf(task.getMessage()).lines().findFirst().orElse("");
  }
}
