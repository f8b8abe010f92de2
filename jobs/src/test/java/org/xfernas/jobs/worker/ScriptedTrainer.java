package org.xfernas.jobs.worker;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.xfernas.models.training.EpochListener;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/**
 * Trains nothing: the architecture's one operation says what becomes of the trial. The settings are
 * a directory that outlives the worker.
 */
public final class ScriptedTrainer implements TrialTrainer {

  /** Two epochs of every trial that comes to its end. */
  public static final List<Epoch> CURVE =
      List.of(new Epoch(1, 2.3, 50, 0.1, 0.5), new Epoch(2, 1.2, 75, 0, 0.5));

  /** Name of a file in the directory that stands for images that the heap has no room for. */
  public static final String TOO_LARGE = "too-large";

  /** A trainer that times nothing. */
  public ScriptedTrainer(InstantSource clock) {}

  /** What a test wants to know of the worker. */
  @Override
  public Map<String, String> versions() {
    return Map.of(
        "pid", Long.toString(ProcessHandle.current().pid()),
        "gpu", System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "none"),
        "threads", System.getenv("OMP_NUM_THREADS"));
  }

  @Override
  public void prepare(String settings) {
    if (!Files.isDirectory(Path.of(settings))) {
      throw new IllegalArgumentException("there is no directory " + settings);
    }
    if (Files.exists(Path.of(settings, TOO_LARGE))) {
      fillHeap();
    }
  }

  @Override
  public TrainingReport train(TrialRequest request, EpochListener epochs) {
    epochs.completed(CURVE.get(0));
    String script = ((EdgeCell) request.architecture()).operation(0, 1);
    switch (script) {
      case "ok" -> {}
      case "hang" -> sleep(Long.MAX_VALUE);
      case "kill" -> signal("KILL");
      case "segv" -> signal("SEGV");
      case "kill_once" -> {
        if (firstTime(request)) {
          signal("KILL");
        }
      }
      case "hang_once" -> {
        if (firstTime(request)) {
          sleep(Long.MAX_VALUE);
        }
      }
      case "meet" -> meet(request);
      case "heap" -> fillHeap();
      case "off_heap" -> throw new OutOfMemoryError("Physical memory usage is too high");
      case "invalid" -> throw new IllegalArgumentException("no builder knows 'invalid'");
      case "error" -> throw new IllegalStateException("out of luck");
      case "diverge" -> {
        Failure nan = new Failure(Failure.Kind.DIVERGED, "loss NaN in epoch 2");
        return TrainingReport.failed(nan, CURVE.subList(0, 1), 0.5);
      }
      case "print" -> print();
      default -> throw new IllegalArgumentException("no script '%s'".formatted(script));
    }
    epochs.completed(CURVE.get(1));
    return new TrainingReport(
        Optional.empty(),
        new Scores(
            OptionalDouble.of(75), OptionalDouble.empty(), Map.of("seed", request.seed() * 1.0)),
        CURVE,
        new Size(OptionalLong.of(10), OptionalLong.of(20)),
        1,
        640);
  }

  /** Waits for a second trial that does the same. */
  private static void meet(TrialRequest request) {
    Path directory = Path.of(request.settings());
    try {
      Files.createFile(directory.resolve("meet-" + request.number()));
      while (true) {
        try (Stream<Path> files = Files.list(directory)) {
          if (files.filter(file -> file.getFileName().toString().startsWith("meet-")).count()
              == 2) {
            return;
          }
        }
        sleep(50);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void sleep(long milliseconds) {
    try {
      Thread.sleep(milliseconds);
    } catch (InterruptedException e) {
      throw new IllegalStateException("nobody interrupts a training", e);
    }
  }

  private static void signal(String name) {
    try {
      System.err.println("about to send " + name);
      new ProcessBuilder("kill", "-" + name, Long.toString(ProcessHandle.current().pid())).start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sleep(Long.MAX_VALUE);
  }

  /** The file that holds the process id of the first worker that met this request. */
  public static Path firstWorker(Path directory, int trial) {
    return directory.resolve("first-worker-of-trial-" + trial);
  }

  private static boolean firstTime(TrialRequest request) {
    try {
      Path file = firstWorker(Path.of(request.settings()), request.number());
      Files.writeString(
          file, Long.toString(ProcessHandle.current().pid()), StandardOpenOption.CREATE_NEW);
      return true;
    } catch (IOException e) {
      return false;
    }
  }

  private static void fillHeap() {
    List<byte[]> blocks = new ArrayList<>();
    while (!blocks.isEmpty() || blocks.add(new byte[1])) {
      blocks.add(new byte[1 << 20]);
    }
  }

  /** By way of Java, and as native code does, without the end of the line. */
  private static void print() {
    System.out.println("by way of Java");
    try (FileOutputStream out =
        new FileOutputStream(FileDescriptor.out) {
          @Override
          public void close() {}
        }) {
      out.write("{ not a message\nhalf a line".getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
