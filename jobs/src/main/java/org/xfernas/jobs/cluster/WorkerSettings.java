package org.xfernas.jobs.cluster;

import java.io.Serializable;
import java.time.Duration;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.MemorySize;
import org.xfernas.jobs.config.Problems;

/**
 * The section {@code xfernas.worker}: what a trial worker may take of its machine; reference.conf
 * says what each setting means.
 *
 * @param heap Java's
 * @param offHeap memory of arrays outside the heap
 * @param residentLimit resident memory after a trial above which the worker is replaced
 * @param threads of the numeric library; 0 for as many as the Spark task has cores
 * @param startLimit how long a worker may take to start
 * @param idleLimit how long a worker without a trial is kept
 */
public record WorkerSettings(
    MemorySize heap,
    MemorySize offHeap,
    MemorySize residentLimit,
    int threads,
    Duration startLimit,
    Duration idleLimit)
    implements Checked, Serializable {
  private static final long SMALLEST_HEAP = 64L << 20;

  /** Bytes of resident memory that a trial may not pass. */
  public long memory() {
    return heap.bytes() + offHeap.bytes();
  }

  @Override
  public void check(Problems problems) {
    problems.require(
        heap.bytes() >= SMALLEST_HEAP,
        "heap",
        "is too little to train anything; set it to 64m or more");
    problems.require(
        residentLimit.bytes() <= memory(),
        "resident-limit",
        "is never reached; set it to less than heap and off-heap together");
    problems.require(threads >= 0, "threads", "must be 1 or more, or 0 for the task's cores");
    problems.require(
        startLimit.toMillis() > 0, "start-limit", "leaves no time to start; set it to more than 0");
  }
}
