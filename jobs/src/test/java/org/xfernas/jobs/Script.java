package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A command of a user, in a process of its own.
 *
 * @param command with its arguments
 * @param directory that it is typed in
 * @param environment on top of the test's own
 */
public record Script(List<String> command, Path directory, Map<String, String> environment) {

  /** The project's top directory; tests run in that of the module. */
  public static final Path ROOT = Path.of("..").toAbsolutePath().normalize();

  private static final Duration LIMIT = Duration.ofMinutes(10);

  /** Whether this machine has a program of this name. */
  public static boolean isInstalled(String program) {
    return Stream.of(System.getenv("PATH").split(":", -1))
        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
  }

  /** submit.sh with these arguments, in that directory. */
  public static Script submit(Path directory, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(ROOT.resolve("submit-scripts/submit.sh").toString());
    command.addAll(Arrays.asList(arguments));
    return new Script(command, directory, Map.of());
  }

  /** The same with a variable of the environment. */
  public Script with(String variable, String value) {
    Map<String, String> changed = new HashMap<>(environment);
    changed.put(variable, value);
    return new Script(command, directory, changed);
  }

  /** Starts it; its output goes to the two files. */
  Process start(Path out, Path err) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(directory.toFile())
            .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
            .redirectOutput(out.toFile())
            .redirectError(err.toFile());
    builder.environment().remove("SPARK_HOME");
    builder.environment().putAll(environment);
    return builder.start();
  }

  /** Runs it to its end. */
  public Result run() throws IOException, InterruptedException {
    Path out = Files.createTempFile("out", null);
    Path err = Files.createTempFile("err", null);
    try {
      Process process = start(out, err);
      boolean ended = process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      process.descendants().forEach(ProcessHandle::destroyForcibly);
      process.destroyForcibly();
      Result result = new Result(ended ? process.exitValue() : -1, read(out), read(err));
      assertThat(ended).as("ended in time: %s", result).isTrue();
      return result;
    } finally {
      Files.delete(out);
      Files.delete(err);
    }
  }

  private static String read(Path file) throws IOException {
    return Files.readString(file);
  }

  /** How it ended. */
  public record Result(int exitCode, String out, String err) {

    /** What is on the standard error beside the command and the modules that Java was given. */
    public Stream<String> messages() {
      return err.lines().skip(1).filter(line -> !line.startsWith("WARNING: Using"));
    }

    /** The file that the last line of the output names. */
    public Path summary() {
      List<String> lines = out.lines().toList();
      assertThat(lines).as("output; errors: %s", err).isNotEmpty();
      String last = lines.get(lines.size() - 1);
      assertThat(last).startsWith("summary: ");
      return Path.of(last.substring("summary: ".length()));
    }
  }
}
