package org.xfernas.jobs.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.trial.Failure;

/** Takes one trial after the other and reports on it. */
final class TrialLoop {
  private final TrialTrainer trainer;
  private final PrintStream protocol;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  TrialLoop(TrialTrainer trainer, PrintStream protocol) {
    this.trainer = trainer;
    this.protocol = protocol;
  }

  /** Trains what {@code input} asks for; the process ends when {@code input} does. */
  void serve(InputStream input) throws InterruptedException {
    Thread reader = new Thread(() -> readUntilClosed(input), "trial-requests");
    reader.setDaemon(true);
    reader.start();
    say(new WorkerMessage.Ready(trainer.versions()));
    while (true) {
      TrialRequest request = WorkerProtocol.read(lines.take(), TrialRequest.class);
      say(answer(request));
    }
  }

  private WorkerMessage answer(TrialRequest request) {
    try {
      trainer.prepare(request.settings());
    } catch (RuntimeException e) {
      e.printStackTrace();
      return new WorkerMessage.Unfit(e.getMessage());
    }
    say(new WorkerMessage.Prepared());
    return new WorkerMessage.TrialDone(train(request));
  }

  /** A supervisor that is gone, however it went, closes the pipe: a training has no more use. */
  private void readUntilClosed(InputStream input) {
    try (BufferedReader reader =
        new BufferedReader(new InputStreamReader(input, StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        lines.add(line);
      }
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read trial requests", e);
    } finally {
      Runtime.getRuntime().halt(0);
    }
  }

  private TrainingReport train(TrialRequest request) {
    long start = System.nanoTime();
    Failure failure;
    try {
      return trainer.train(request, epoch -> say(new WorkerMessage.EpochDone(epoch)));
    } catch (IllegalArgumentException e) {
      failure = new Failure(Failure.Kind.INVALID, e.getMessage());
    } catch (RuntimeException e) {
      e.printStackTrace();
      failure = new Failure(Failure.Kind.ERROR, e.toString());
    } catch (OutOfMemoryError e) {
      // As HotSpot does where its own heap is full; off-heap memory is counted in Java code.
      e.printStackTrace();
      Runtime.getRuntime().halt(WorkerProtocol.OUT_OF_MEMORY_EXIT);
      throw e;
    }
    return TrainingReport.failed(failure, List.of(), (System.nanoTime() - start) / 1e9);
  }

  /** Native code prints to the same stream: a message starts on a line of its own. */
  private void say(WorkerMessage message) {
    String line = "\n" + WorkerProtocol.write(message) + "\n";
    protocol.writeBytes(line.getBytes(StandardCharsets.UTF_8));
    protocol.flush();
  }
}
