package org.xfernas.jobs.cluster;

import java.io.Serializable;
import java.time.Duration;

/**
 * What a trial worker may take of its machine; {@code xfernas.worker} in a configuration.
 *
 * @param heap bytes of Java heap
 * @param offHeap bytes of arrays outside the heap
 * @param residentLimit bytes of resident memory after a trial above which the worker is replaced
 * @param threads of the numeric library; 0 for as many as the Spark task has cores
 * @param startLimit how long a worker may take to start
 * @param idleLimit how long a worker without a trial is kept
 */
public record WorkerSettings(
    long heap,
    long offHeap,
    long residentLimit,
    int threads,
    Duration startLimit,
    Duration idleLimit)
    implements Serializable {

  /** Bytes of resident memory that a trial may not pass. */
  public long memory() {
    return heap + offHeap;
  }
}
