package org.xfernas.jobs.cluster;

import org.xfernas.jobs.worker.WorkerProtocol;

/** A worker ended in the middle of a trial. */
final class WorkerLostException extends Exception {
  private static final int KILLED = 128 + 9;

  private final int exitCode;

  WorkerLostException(int exitCode, String lastWords) {
    super(
        "%s%s".formatted(describe(exitCode), lastWords.isEmpty() ? "" : "; it said: " + lastWords));
    this.exitCode = exitCode;
  }

  /** Whether it ended itself because it ran out of memory. */
  boolean outOfMemory() {
    return exitCode == WorkerProtocol.OUT_OF_MEMORY_EXIT;
  }

  private static String describe(int exitCode) {
    return exitCode == KILLED
        ? "the worker was killed, perhaps by the system for want of memory (SIGKILL)"
        : "the worker ended (exit code %d)".formatted(exitCode);
  }
}
