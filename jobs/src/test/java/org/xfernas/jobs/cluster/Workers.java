package org.xfernas.jobs.cluster;

import java.time.Duration;
import java.util.Optional;
import org.xfernas.jobs.worker.ScriptedTrainer;

/** Small workers with a scripted trainer, for tests. */
final class Workers {
  static final WorkerSettings SETTINGS =
      new WorkerSettings(
          64L << 20, 64L << 20, 1L << 30, 0, Duration.ofMinutes(1), Duration.ofMinutes(1));

  private Workers() {}

  static WorkerLaunch launch() {
    return new WorkerLaunch(ScriptedTrainer.class.getName(), SETTINGS, Optional.empty(), 1);
  }

  static WorkerLaunch launch(long residentLimit, Duration idleLimit) {
    WorkerSettings settings =
        new WorkerSettings(
            SETTINGS.heap(),
            SETTINGS.offHeap(),
            residentLimit,
            SETTINGS.threads(),
            SETTINGS.startLimit(),
            idleLimit);
    return new WorkerLaunch(ScriptedTrainer.class.getName(), settings, Optional.empty(), 1);
  }
}
