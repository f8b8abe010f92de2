package org.xfernas.jobs.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * The idle trial workers of this executor. A worker that is taken belongs to its taker until it is
 * given back. When the executor's process ends, however it does, its workers end with it: their
 * standard input closes.
 */
final class WorkerPool {

  /** Of this process. */
  static final WorkerPool INSTANCE = new WorkerPool();

  private final List<TrialWorker> idle = new ArrayList<>();
  private final ScheduledExecutorService retirement =
      Executors.newSingleThreadScheduledExecutor(WorkerPool::daemon);

  /**
   * An idle worker, or a new one.
   *
   * @throws WorkerLostException where a new one does not start
   */
  TrialWorker take(WorkerLaunch launch, BooleanSupplier cancelled)
      throws WorkerLostException, InterruptedException {
    synchronized (idle) {
      for (TrialWorker worker : List.copyOf(idle)) {
        if (worker.launch().equals(launch)) {
          idle.remove(worker);
          if (worker.fitForNext()) {
            return worker;
          }
          worker.close();
        }
      }
    }
    return TrialWorker.start(launch, cancelled);
  }

  /** Keeps a worker for the next trial, or ends it where it is not fit for one. */
  void giveBack(TrialWorker worker) {
    if (!worker.fitForNext()) {
      worker.close();
      return;
    }
    synchronized (idle) {
      idle.add(worker);
    }
    long limit = worker.launch().settings().idleLimit().toMillis();
    int trials = worker.trials();
    retirement.schedule(() -> retire(worker, trials), limit, TimeUnit.MILLISECONDS);
  }

  private void retire(TrialWorker worker, int trials) {
    synchronized (idle) {
      if (worker.trials() == trials && idle.remove(worker)) {
        worker.close();
      }
    }
  }

  /** Ends all idle workers. */
  void clear() {
    synchronized (idle) {
      idle.forEach(TrialWorker::close);
      idle.clear();
    }
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "trial-worker-retirement");
    thread.setDaemon(true);
    return thread;
  }
}
