package org.xfernas.jobs.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xfernas.jobs.worker.TrialRequest;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.TrialResult.Epoch;

/**
 * Brings one trial to its end, whatever becomes of its workers: a trial that loses a worker gets
 * one more, and losing that one too is its own failure.
 */
final class TrialSupervisor {
  private static final Logger LOG = LoggerFactory.getLogger(TrialSupervisor.class);
  private static final int WORKERS_PER_TRIAL = 2;

  private final WorkerPool pool;
  private final WorkerLaunch launch;
  private final Duration deadline;

  TrialSupervisor(WorkerPool pool, WorkerLaunch launch, Duration deadline) {
    this.pool = pool;
    this.launch = launch;
    this.deadline = deadline;
  }

  /**
   * A trial that came to its end.
   *
   * @param report what came of it
   * @param workers how many it took
   * @param versions of what the last of them computes with
   */
  record Supervised(TrainingReport report, int workers, Map<String, String> versions) {}

  /**
   * Trains {@code request}.
   *
   * @throws IllegalStateException where no worker can be started, or none can train any trial
   * @throws java.util.concurrent.CancellationException where it was cancelled
   */
  Supervised supervise(TrialRequest request, BooleanSupplier cancelled)
      throws InterruptedException {
    long start = System.nanoTime();
    for (int workers = 1; ; workers++) {
      TrialWorker worker = take(cancelled);
      List<Epoch> curve = new ArrayList<>();
      Failure failure;
      try {
        TrainingReport report = worker.run(request, deadline, curve::add, cancelled);
        return new Supervised(report, workers, worker.versions());
      } catch (TimeoutException e) {
        failure = TrialFailures.deadline(deadline);
      } catch (WorkerLostException e) {
        LOG.warn("Trial {} lost worker {}: {}", request.number(), workers, e.getMessage());
        if (!e.outOfMemory() && workers < WORKERS_PER_TRIAL) {
          continue;
        }
        if (!worker.prepared()) {
          throw new IllegalStateException(
              "Cannot load the data for candidates: %s; where memory was short, set xfernas.worker.heap to more"
                  .formatted(e.getMessage()),
              e);
        }
        failure = TrialFailures.lost(e, workers);
      } finally {
        pool.giveBack(worker);
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Supervised(
          TrainingReport.failed(failure, curve, seconds), workers, worker.versions());
    }
  }

  /** A start may fail once, for want of memory at that moment. */
  private TrialWorker take(BooleanSupplier cancelled) throws InterruptedException {
    for (int starts = 1; ; starts++) {
      try {
        return pool.take(launch, cancelled);
      } catch (WorkerLostException e) {
        if (starts == WORKERS_PER_TRIAL) {
          throw new IllegalStateException("Cannot start a trial worker: " + e.getMessage(), e);
        }
      }
    }
  }
}
