package org.xfernas.jobs.search;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sun.misc.Signal;
import sun.misc.SignalHandler;

/**
 * Turns Ctrl-C, and any other polite request to end the process, into interrupts of the thread that
 * made this, so that it can leave its search in order. A second request ends the process at once.
 *
 * <p>A shutdown hook would be too late: Iceberg can commit nothing any more while those run.
 */
final class StopSignals implements AutoCloseable {
  private static final List<String> NAMES = List.of("INT", "TERM");
  private static final long BETWEEN_INTERRUPTS_MS = 1_000;

  private final Thread thread = Thread.currentThread();
  private final Map<Signal, SignalHandler> before = new LinkedHashMap<>();
  private volatile boolean received;
  private boolean answered;

  StopSignals() {
    for (String name : NAMES) {
      Signal signal = new Signal(name);
      before.put(signal, Signal.handle(signal, this::interrupt));
    }
  }

  /** Interrupts until that was noticed, for whoever waits may swallow an interrupt. */
  private void interrupt(Signal signal) {
    received = true;
    before.forEach(Signal::handle);
    try {
      while (interruptUnlessAnswered()) {
        Thread.sleep(BETWEEN_INTERRUPTS_MS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized boolean interruptUnlessAnswered() {
    if (!answered) {
      thread.interrupt();
    }
    return !answered;
  }

  /** Whether the process was asked to end. */
  boolean received() {
    return received;
  }

  /** Ends the interrupts: the thread noticed, and is about to leave things in order. */
  synchronized void answer() {
    answered = true;
    Thread.interrupted();
  }

  @Override
  public void close() {
    answer();
    before.forEach(Signal::handle);
  }
}
