package org.xfernas.jobs.cluster;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xfernas.jobs.worker.TrialRequest;
import org.xfernas.jobs.worker.WorkerMessage;
import org.xfernas.jobs.worker.WorkerMessage.EpochDone;
import org.xfernas.jobs.worker.WorkerMessage.Prepared;
import org.xfernas.jobs.worker.WorkerMessage.Ready;
import org.xfernas.jobs.worker.WorkerMessage.TrialDone;
import org.xfernas.jobs.worker.WorkerMessage.Unfit;
import org.xfernas.jobs.worker.WorkerProtocol;
import org.xfernas.models.training.EpochListener;
import org.xfernas.models.training.TrainingReport;

/** A trial worker as its supervisor sees it: a child process that trains one trial at a time. */
final class TrialWorker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(TrialWorker.class);
  private static final int LINES_KEPT = 20;
  private static final String INCUBATOR = "WARNING: Using incubator modules";
  private static final Duration CANCELLATION_CHECK = Duration.ofMillis(100);
  private static final Duration EXIT_LIMIT = Duration.ofSeconds(10);

  private final WorkerLaunch launch;
  private final Process process;
  private final Thread logs;
  private final Deque<String> lastLines = new ArrayDeque<>();
  private final BlockingQueue<Optional<WorkerMessage>> messages = new LinkedBlockingQueue<>();
  private Map<String, String> versions = Map.of();
  private boolean busy = true;
  private boolean prepared;
  private int trials;

  private TrialWorker(WorkerLaunch launch, Process process) {
    this.launch = launch;
    this.process = process;
    this.logs = follow(process.getErrorStream(), this::log, () -> {});
    follow(process.getInputStream(), this::hear, () -> messages.add(Optional.empty()));
  }

  /**
   * Starts a worker and waits until it takes trials.
   *
   * @throws WorkerLostException where it does not come to that
   */
  static TrialWorker start(WorkerLaunch launch, BooleanSupplier cancelled)
      throws WorkerLostException, InterruptedException {
    TrialWorker worker;
    try {
      worker = new TrialWorker(launch, launch.start());
    } catch (IOException e) {
      throw cannotStart(launch, e);
    }
    try {
      worker.awaitReady(cancelled);
      return worker;
    } catch (WorkerLostException | TimeoutException e) {
      throw cannotStart(launch, e);
    } finally {
      if (worker.busy) {
        worker.close();
      }
    }
  }

  private static WorkerLostException cannotStart(WorkerLaunch launch, Exception cause) {
    LOG.warn(
        "A trial worker did not start: {} (command={})",
        cause.getMessage(),
        String.join(" ", launch.command()));
    return WorkerLostException.notStarted(cause);
  }

  private void awaitReady(BooleanSupplier cancelled)
      throws WorkerLostException, TimeoutException, InterruptedException {
    long limit = System.nanoTime() + launch.settings().startLimit().toNanos();
    if (next(limit, cancelled) instanceof Ready ready) {
      versions = ready.versions();
      busy = false;
    }
  }

  /**
   * Trains one trial.
   *
   * @param epochs hears of every epoch as it ends
   * @param cancelled asked several times a second whether the trial is still wanted
   * @throws WorkerLostException where the worker ended before the trial did
   * @throws TimeoutException where the trial was not done at its deadline
   * @throws CancellationException where it was cancelled
   * @throws IllegalStateException where the worker cannot train any trial
   */
  TrainingReport run(
      TrialRequest request, Duration deadline, EpochListener epochs, BooleanSupplier cancelled)
      throws WorkerLostException, TimeoutException, InterruptedException {
    busy = true;
    prepared = false;
    trials++;
    send(request);
    long limit = System.nanoTime() + deadline.toNanos();
    while (true) {
      WorkerMessage message = next(limit, cancelled);
      if (message instanceof Prepared) {
        prepared = true;
      } else if (message instanceof EpochDone done) {
        epochs.completed(done.epoch());
      } else if (message instanceof TrialDone done) {
        busy = false;
        return done.report();
      } else if (message instanceof Unfit unfit) {
        throw new IllegalStateException("Cannot train candidates: " + unfit.reason());
      }
    }
  }

  private void send(TrialRequest request) throws WorkerLostException, InterruptedException {
    try {
      byte[] line = (WorkerProtocol.write(request) + "\n").getBytes(StandardCharsets.UTF_8);
      process.getOutputStream().write(line);
      process.getOutputStream().flush();
    } catch (IOException e) {
      throw lost();
    }
  }

  private WorkerMessage next(long limit, BooleanSupplier cancelled)
      throws WorkerLostException, TimeoutException, InterruptedException {
    while (System.nanoTime() < limit) {
      if (cancelled.getAsBoolean()) {
        throw new CancellationException("the trial was cancelled");
      }
      requireRoom();
      Optional<WorkerMessage> message =
          messages.poll(CANCELLATION_CHECK.toMillis(), TimeUnit.MILLISECONDS);
      if (message != null) {
        if (message.isEmpty()) {
          throw lost();
        }
        return message.get();
      }
    }
    throw new TimeoutException("it did not answer in time");
  }

  /** What native code takes, nothing in the worker itself counts. */
  private void requireRoom() throws WorkerLostException {
    long limit = launch.settings().memory();
    long resident = residentMemory();
    if (resident > limit) {
      throw WorkerLostException.tooLarge(resident, limit);
    }
  }

  /** The pipe can close a moment before the process ends, and before its last line is read. */
  private WorkerLostException lost() throws InterruptedException {
    if (!process.waitFor(EXIT_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
      process.destroyForcibly().waitFor();
    }
    logs.join(EXIT_LIMIT.toMillis());
    synchronized (lastLines) {
      return WorkerLostException.ended(
          process.exitValue(), lastLines.stream().collect(Collectors.joining(" / ")));
    }
  }

  WorkerLaunch launch() {
    return launch;
  }

  Map<String, String> versions() {
    return versions;
  }

  /** Whether it loaded what its current trial needs, and so can be lost to that trial alone. */
  boolean prepared() {
    return prepared;
  }

  /** How many trials it was given. */
  int trials() {
    return trials;
  }

  /** Whether it can take another trial: alive, without one, and not grown too large. */
  boolean fitForNext() {
    return !busy
        && process.isAlive()
        && residentMemory() <= launch.settings().residentLimit().bytes();
  }

  /** Bytes. */
  long residentMemory() {
    return ResidentMemory.of(process.pid());
  }

  /** Ends the process, whatever it is doing. */
  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Native code may print to the same stream. */
  private void hear(String line) {
    try {
      messages.add(Optional.of(WorkerProtocol.read(line, WorkerMessage.class)));
    } catch (IllegalArgumentException e) {
      log(line);
    }
  }

  private void log(String line) {
    LOG.debug("worker {}: {}", process.pid(), line);
    if (line.chars().anyMatch(Character::isLetterOrDigit) && !line.startsWith(INCUBATOR)) {
      synchronized (lastLines) {
        lastLines.addLast(line.strip());
        if (lastLines.size() > LINES_KEPT) {
          lastLines.removeFirst();
        }
      }
    }
  }

  private Thread follow(InputStream stream, Consumer<String> line, Runnable atEnd) {
    Thread thread =
        new Thread(
            () -> {
              try (BufferedReader reader =
                  new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
                reader.lines().forEach(line);
              } catch (IOException | UncheckedIOException e) {
                LOG.debug("worker {}: stream closed", process.pid(), e);
              } finally {
                atEnd.run();
              }
            },
            "trial-worker-" + process.pid());
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
