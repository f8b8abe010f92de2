package org.xfernas.models.bench;

import static org.xfernas.models.bench.TrainingMeasurement.SPEED_ONLY;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.nd4j.shade.jackson.core.type.TypeReference;
import org.nd4j.shade.jackson.databind.ObjectMapper;
import org.xfernas.models.layer.TrainingRuntime;

/**
 * Training speed of one fixed network: alone with several threads, and two trainings side by side
 * with one thread each, all in processes started as trial workers are.
 */
public final class TrainingBenchmark {
  private static final TypeReference<Map<String, Object>> RESULT = new TypeReference<>() {};
  private static final String RATE = "images_per_s";

  private TrainingBenchmark() {}

  /**
   * Prints one JSON line: {@code images_per_s} (median over windows), {@code
   * side_by_side_images_per_s} (sum of the two), the number of parameters, threads, what DL4J's
   * graph costs around the plans, and milliseconds per step by operation.
   *
   * @param arguments number of threads of the training alone; 2 where there is none
   */
  public static void main(String[] arguments) throws IOException {
    int threads = arguments.length == 0 ? 2 : Integer.parseInt(arguments[0]);
    System.out.println(new ObjectMapper().writeValueAsString(run(threads)));
  }

  /** The measurement as a table, in the order in which it is printed. */
  public static Map<String, Object> run(int threads) throws IOException {
    Map<String, Object> alone = measure(List.of(start(threads))).get(0);
    List<Map<String, Object>> sideBySide =
        measure(List.of(start(1, SPEED_ONLY), start(1, SPEED_ONLY)));
    double sum =
        sideBySide.stream().mapToDouble(one -> ((Number) one.get(RATE)).doubleValue()).sum();
    Map<String, Object> result = new LinkedHashMap<>();
    result.put(RATE, alone.remove(RATE));
    result.put("side_by_side_" + RATE, Math.round(sum * 100) / 100.0);
    result.putAll(alone);
    return result;
  }

  private static Process start(int threads, String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(TrainingRuntime.jvmArguments());
    command.add("-Xmx1g");
    command.add("-Dorg.bytedeco.javacpp.maxbytes=4G");
    command.add("-Dorg.bytedeco.javacpp.maxphysicalbytes=8G");
    command.add("-cp");
    command.add(classPath());
    command.add(TrainingMeasurement.class.getName());
    command.addAll(List.of(arguments));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().putAll(TrainingRuntime.environment(threads));
    TrainingRuntime.removedFromEnvironment().forEach(builder.environment()::remove);
    return builder.start();
  }

  /** This class's own jar, which Spark does not put on the class path, and the class path. */
  private static String classPath() {
    try {
      Path own =
          Path.of(
              TrainingBenchmark.class.getProtectionDomain().getCodeSource().getLocation().toURI());
      return own + File.pathSeparator + System.getProperty("java.class.path");
    } catch (URISyntaxException e) {
      throw new IllegalStateException("Cannot find the benchmark's own classes", e);
    }
  }

  /** Lets all processes warm up, then measure at the same time. */
  private static List<Map<String, Object>> measure(List<Process> processes) throws IOException {
    try {
      List<BufferedReader> outputs = new ArrayList<>();
      for (Process process : processes) {
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        await(output, TrainingMeasurement.READY);
        outputs.add(output);
      }
      for (Process process : processes) {
        process.outputWriter(StandardCharsets.UTF_8).append('\n').flush();
      }
      List<Map<String, Object>> results = new ArrayList<>();
      for (BufferedReader output : outputs) {
        results.add(new ObjectMapper().readValue(await(output, "{"), RESULT));
      }
      return results;
    } finally {
      processes.forEach(Process::destroy);
    }
  }

  private static String await(BufferedReader output, String start) {
    return output
        .lines()
        .filter(line -> line.startsWith(start))
        .findFirst()
        .orElseThrow(
            () ->
                new UncheckedIOException(
                    new IOException(
                        "Cannot measure: a process ended without a result; standard error has its reason")));
  }
}
