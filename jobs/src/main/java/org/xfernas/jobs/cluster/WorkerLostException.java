package org.xfernas.jobs.cluster;

import org.xfernas.jobs.worker.WorkerProtocol;

/** A worker that can no longer bring its trial to an end. */
final class WorkerLostException extends Exception {
  private static final long serialVersionUID = 1L;
  private static final int KILLED = 128 + 9;

  private final boolean outOfMemory;

  private WorkerLostException(String message, boolean outOfMemory) {
    super(message);
    this.outOfMemory = outOfMemory;
  }

  /**
   * Its process ended.
   *
   * @param exitCode 128 and the signal, where one killed it
   * @param lastWords the end of what it logged
   */
  static WorkerLostException ended(int exitCode, String lastWords) {
    String end =
        exitCode == KILLED
            ? "the worker was killed, perhaps by the system for want of memory (SIGKILL)"
            : "the worker ended (exit code %d)".formatted(exitCode);
    return new WorkerLostException(
        lastWords.isEmpty() ? end : "%s; it said: %s".formatted(end, lastWords),
        exitCode == WorkerProtocol.OUT_OF_MEMORY_EXIT);
  }

  /** It did not come to take trials. */
  static WorkerLostException notStarted(Exception cause) {
    WorkerLostException lost = new WorkerLostException(cause.getMessage(), false);
    lost.initCause(cause);
    return lost;
  }

  /** It holds more memory than it may. */
  static WorkerLostException tooLarge(long bytes, long limit) {
    return new WorkerLostException(
        "the worker held %d MB, and may hold %d MB, heap and off-heap together"
            .formatted(bytes >> 20, limit >> 20),
        true);
  }

  boolean outOfMemory() {
    return outOfMemory;
  }
}
