package org.xfernas.jobs.cluster;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.xfernas.jobs.config.MemorySize;
import org.xfernas.jobs.worker.ScriptedTrainer;
import org.xfernas.search.space.EdgeCell;

/** Small workers with a scripted trainer, for tests. */
final class Workers {
  static final WorkerSettings SETTINGS =
      new WorkerSettings(
          new MemorySize(64 << 20),
          // Room for a process whose heap is full, so that it is the heap that is said to be.
          new MemorySize(256 << 20),
          new MemorySize(1 << 30),
          0,
          Duration.ofMinutes(1),
          Duration.ofMinutes(1));

  private Workers() {}

  /** The candidate of which {@link ScriptedTrainer} makes {@code script}. */
  static EdgeCell script(String script) {
    return new EdgeCell(2, List.of(script));
  }

  static WorkerLaunch launch() {
    return new WorkerLaunch(ScriptedTrainer.class.getName(), SETTINGS, Optional.empty(), 1);
  }

  static WorkerLaunch launch(long residentLimit, Duration idleLimit) {
    WorkerSettings settings =
        new WorkerSettings(
            SETTINGS.heap(),
            SETTINGS.offHeap(),
            new MemorySize(residentLimit),
            SETTINGS.threads(),
            SETTINGS.startLimit(),
            idleLimit);
    return new WorkerLaunch(ScriptedTrainer.class.getName(), settings, Optional.empty(), 1);
  }
}
