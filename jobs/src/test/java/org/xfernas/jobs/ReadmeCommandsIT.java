package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
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
 * Types the commands of the README and the documents that it leads to, in their order, with the
 * shorter budgets that comments in them name. The working directory is one that looks like the
 * project's own.
 */
class ReadmeCommandsIT {
  private static final Pattern COMMAND =
      Pattern.compile(
          "<!-- (run with|run as it stands|run in acceptance with|not run): ?(.*) ?-->\n```bash\n((?s:.*?))\n```");

  private static final String RUN = "run with";
  private static final String RUN_AS_IT_STANDS = "run as it stands";
  private static final Pattern ABSOLUTE_PATH = Pattern.compile("=(/\\S+)");
  private static final Path SHARED = Script.ROOT.resolveSibling("shared");

  @TempDir static Path directory;

  @BeforeAll
  static void makeProject() throws IOException {
    Path project = Files.createDirectory(directory.resolve("project"));
    for (String entry : List.of("submit-scripts", "conf", "data", "notebooks")) {
      Files.createSymbolicLink(project.resolve(entry), Script.ROOT.resolve(entry));
    }
    Files.createSymbolicLink(directory.resolve("shared"), SHARED);
  }

  @TestFactory
  Stream<DynamicTest> commandsRun() throws IOException {
    return commands(RUN, RUN_AS_IT_STANDS);
  }

  @TestFactory
  @Tag("acceptance")
  Stream<DynamicTest> longCommandsRun() throws IOException {
    return commands("run in acceptance with");
  }

  private static Stream<DynamicTest> commands(String... marks) throws IOException {
    Path project = directory.resolve("project");
    List<DynamicTest> tests = new ArrayList<>();
    for (Path document : Documents.ALL) {
      for (MatchResult block : COMMAND.matcher(Files.readString(document)).results().toList()) {
        if (List.of(marks).contains(block.group(1))) {
          String command = block.group(3);
          tests.add(
              dynamicTest(
                  command,
                  () -> {
                    assumeItCanRun(project, command);
                    if (block.group(1).equals(RUN_AS_IT_STANDS)) {
                      assertThat(run(project, command).exitCode()).isZero();
                    } else {
                      type(project, command, block.group(2));
                    }
                  }));
        }
      }
    }
    return tests.stream();
  }

  private static void assumeItCanRun(Path project, String command) {
    assumeTrue(Files.exists(SHARED) || !command.contains("nasbench201"), "no NAS-Bench-201");
    Matcher path = ABSOLUTE_PATH.matcher(command);
    assumeTrue(!path.find() || Files.exists(Path.of(path.group(1))), "no such data set");
    assumeTrue(Script.isInstalled("python3") || !command.contains("python3"), "no Python");
    assumeTrue(
        Files.exists(project.resolve("stripes")) || !command.contains("own-data"), "no images");
    assumeTrue(
        Script.isInstalled("jupyter-nbconvert") || !command.contains("notebooks/run.sh"),
        "no Jupyter");
  }

  private static void type(Path project, String command, String further) throws Exception {
    String settings =
        "--set xfernas.tables.warehouse='\"%1$s/warehouse\"' --set xfernas.output='\"%1$s/runs\"' %2$s"
            .formatted(project, further);
    Result result = run(project, command + " " + settings);
    assertThat(result.exitCode()).as(result.toString()).isZero();
    assertThat(project.resolve(result.summary())).isRegularFile();
  }

  private static Result run(Path project, String command) throws Exception {
    Script script = new Script(List.of("bash", "-c", command), project, Map.of());
    // A notebook is many short queries, for which the first compiler is the quickest.
    return command.contains("notebooks/run.sh")
        ? script.with("JAVA_TOOL_OPTIONS", "-XX:TieredStopAtLevel=1").run()
        : script.run();
  }

  /** A command in a block that is neither run nor says why not would escape the test. */
  @Test
  void everyCommandIsMarked() throws IOException {
    for (Path document : Documents.ALL) {
      String text = Files.readString(document);
      assertThat(COMMAND.matcher(text).results().count())
          .as(document.toString())
          .isEqualTo(Pattern.compile("```bash").matcher(text).results().count());
    }
  }

  @Test
  void theTestCommandIsWhatTheCiRuns() throws IOException {
    assertThat(Files.readString(Script.ROOT.resolve(".ci/run")))
        .containsPattern("(?m)^mvn .*verify$");
    assertThat(Files.readString(Script.ROOT.resolve("README.md"))).contains("\nmvn verify\n");
  }
}
