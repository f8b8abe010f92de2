package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.Script.Result;

/**
 * Types the README's commands, in its order, with the shorter budgets that comments in it name. The
 * working directory is one that looks like the project's own.
 */
class ReadmeCommandsIT {
  private static final Pattern COMMAND =
      Pattern.compile(
          "<!-- (run with|run in acceptance with|not run): ?(.*) ?-->\n```bash\n(.*)\n```");

  private static final Pattern ABSOLUTE_PATH = Pattern.compile("=(/\\S+)");
  private static final Path SHARED = Script.ROOT.resolveSibling("shared");

  @TempDir static Path directory;

  @BeforeAll
  static void makeProject() throws IOException {
    Path project = Files.createDirectory(directory.resolve("project"));
    for (String entry : List.of("submit-scripts", "conf", "data")) {
      Files.createSymbolicLink(project.resolve(entry), Script.ROOT.resolve(entry));
    }
    Files.createSymbolicLink(directory.resolve("shared"), SHARED);
  }

  @TestFactory
  Stream<DynamicTest> commandsRun() throws IOException {
    return commands("run with");
  }

  @TestFactory
  @Tag("acceptance")
  Stream<DynamicTest> longCommandsRun() throws IOException {
    return commands("run in acceptance with");
  }

  private static Stream<DynamicTest> commands(String mark) throws IOException {
    Path project = directory.resolve("project");
    Matcher commands = COMMAND.matcher(Files.readString(Script.ROOT.resolve("README.md")));
    return commands
        .results()
        .filter(command -> command.group(1).equals(mark))
        .map(
            command ->
                dynamicTest(
                    command.group(3),
                    () -> {
                      assumeDataIsThere(command.group(3));
                      type(project, command.group(3), command.group(2));
                    }));
  }

  private static void assumeDataIsThere(String command) {
    assumeTrue(Files.exists(SHARED) || !command.contains("nasbench201"), "no NAS-Bench-201");
    Matcher path = ABSOLUTE_PATH.matcher(command);
    assumeTrue(!path.find() || Files.exists(Path.of(path.group(1))), "no such data set");
  }

  private static void type(Path project, String command, String further) throws Exception {
    String settings =
        "--set xfernas.tables.warehouse='\"%1$s/warehouse\"' --set xfernas.output='\"%1$s/runs\"' %2$s"
            .formatted(project, further);
    Result result =
        new Script(List.of("bash", "-c", command + " " + settings), project, Map.of()).run();
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(project.resolve(result.summary())).isRegularFile();
  }

  /** A command in a block that is neither run nor says why not would escape the test. */
  @Test
  void everyCommandIsMarked() throws IOException {
    String readme = Files.readString(Script.ROOT.resolve("README.md"));
    assertThat(COMMAND.matcher(readme).results().count())
        .isEqualTo(Pattern.compile("```bash").matcher(readme).results().count())
        .isPositive();
  }

  @Test
  void theTestCommandIsWhatTheCiRuns() throws IOException {
    assertThat(Files.readString(Script.ROOT.resolve(".ci/run")))
        .containsPattern("(?m)^mvn .*verify$");
    assertThat(Files.readString(Script.ROOT.resolve("README.md"))).contains("\nmvn verify\n");
  }
}
