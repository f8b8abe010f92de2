package org.xfernas.jobs.search;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.util.ShutdownHookManager;

/**
 * Interrupts the thread that made it when the process is told to end (Ctrl-C), and holds the end up
 * until that thread has closed this, before Spark and the file systems go.
 */
final class InterruptOnShutdown implements AutoCloseable {
  /** Above those of Spark (50) and of Hadoop's file systems (10): the higher goes first. */
  private static final int PRIORITY = 100;

  private static final long LIMIT_SECONDS = 60;

  private final Thread thread = Thread.currentThread();
  private final CountDownLatch closed = new CountDownLatch(1);
  private final Runnable hook = this::interruptAndWait;
  private volatile boolean begun;

  InterruptOnShutdown() {
    ShutdownHookManager.get().addShutdownHook(hook, PRIORITY, LIMIT_SECONDS, TimeUnit.SECONDS);
  }

  private void interruptAndWait() {
    begun = true;
    thread.interrupt();
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Whether the process is about to end. */
  boolean hasBegun() {
    return begun;
  }

  @Override
  public void close() {
    closed.countDown();
    if (!begun) {
      ShutdownHookManager.get().removeShutdownHook(hook);
    }
  }
}
