package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigRenderOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import org.apache.spark.SparkConf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MainTest {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  @Test
  void anUnknownJobNamesTheNearest() {
    assertThat(run("serach")).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(err())
        .contains("Cannot run serach: there is no such job (did you mean search?)")
        .containsPattern("Available are: .*\\bsearch\\b");
  }

  @Test
  void aJobThatIsNotBuiltYetIsRefused() {
    assertThat(run("predict")).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(err()).contains("Cannot run predict: it is not available yet.");
  }

  @Test
  void noJobIsWrongUsage() {
    assertThat(run()).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(err()).contains("JOB").contains("Usage: submit.sh");
  }

  @Test
  void anUnknownOptionIsWrongUsage() {
    assertThat(run("echo", "--cnof", "x.conf")).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(err())
        .contains("Cannot run echo: there is no option --cnof (did you mean --conf?).")
        .contains("There are: --conf, --master, --set");
  }

  @Test
  void helpNamesTheJobs() {
    assertThat(run("--help")).isEqualTo(ExitCode.DONE);
    assertThat(out()).contains("search, status, report, train").contains("--set=path=value");
  }

  @Test
  void theLastLineIsTheSummary() {
    assertThat(run("echo")).isEqualTo(ExitCode.DONE);
    assertThat(out().lines().toList()).last().isEqualTo("summary: echo/summary.json");
  }

  @Test
  void theJobGetsItsArgumentsAndMaster() {
    run("echo", "one", "--master", "local[2]", "two");
    assertThat(out()).contains("[one, two]").contains("local[2]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"locl[2]", "local[", "local[two]", "host:7077", "local[2]x", " "})
  void aMasterThatSparkDoesNotKnowIsRefused(String master) {
    assertThat(run("echo", "--master", master)).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(err())
        .contains("Cannot use --master " + master + ": it must be local[CORES], spark://HOST:PORT");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "local",
        "local[2]",
        "local[*]",
        "local[2,3]",
        "local-cluster[2,1,1024]",
        "spark://host:7077",
        "yarn",
        "k8s://https://host"
      })
  void aMasterThatSparkKnowsIsTaken(String master) {
    assertThat(run("echo", "--master", master)).isEqualTo(ExitCode.DONE);
  }

  @Test
  void settingsGoOverFilesAndLaterOverEarlier(@TempDir Path directory) throws IOException {
    Path first = Files.writeString(directory.resolve("1.conf"), "echo { a = 1, b = 1, c = 1 }");
    Path second = Files.writeString(directory.resolve("2.conf"), "echo { b = 2, c = 2 }");
    run(
        "echo",
        "--set",
        "echo.c=3",
        "--conf",
        first.toString(),
        "--conf",
        second.toString(),
        "--set",
        "echo.d=[4, 5]");
    assertThat(out()).contains("{\"a\":1,\"b\":2,\"c\":3,\"d\":[4,5]}");
  }

  @Test
  void sparksOwnSettingsReachSpark() {
    run("echo", "--set", "spark.task.resource.gpu.amount=1", "--set", "spark.executor.memory=3g");
    SparkConf spark = new SparkConf();
    assertThat(spark.get("spark.task.resource.gpu.amount")).isEqualTo("1");
    assertThat(spark.get("spark.executor.memory")).isEqualTo("3g");
    System.clearProperty("spark.task.resource.gpu.amount");
    System.clearProperty("spark.executor.memory");
  }

  @Test
  void everyUnreadableFileAndSettingIsNamed(@TempDir Path directory) throws IOException {
    Path broken = Files.writeString(directory.resolve("broken.conf"), "echo {\n a = = 1\n}");
    ExitCode code =
        run(
            "echo",
            "--conf",
            "missing.conf",
            "--conf",
            broken.toString(),
            "--set",
            "echo.seed",
            "--set",
            "echo.dir=hdfs://host/dir");
    assertThat(code).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(err())
        .contains("there is no such file (--conf missing.conf")
        .contains("broken.conf: 2")
        .contains("Cannot use --set echo.seed: it must read path=value")
        .contains("Cannot use --set echo.dir=hdfs://host/dir")
        .contains("double quotes");
  }

  @Test
  void whatAJobThrowsBecomesItsExitCode() {
    assertThat(run("echo", "--set", "echo.fail=usage")).isEqualTo(ExitCode.WRONG_USAGE);
    assertThat(run("echo", "--set", "echo.fail=hardware")).isEqualTo(ExitCode.HARDWARE_MISSING);
    assertThat(run("echo", "--set", "echo.fail=other")).isEqualTo(ExitCode.FAILED);
    assertThat(err()).endsWith("echo failed: Cannot echo: told so" + System.lineSeparator());
  }

  @Test
  void exitCodesAreThoseThatScriptsRelyOn() {
    assertThat(ExitCode.DONE.code()).isZero();
    assertThat(ExitCode.FAILED.code()).isEqualTo(1);
    assertThat(ExitCode.WRONG_USAGE.code()).isEqualTo(2);
    assertThat(ExitCode.HARDWARE_MISSING.code()).isEqualTo(3);
  }

  private ExitCode run(String... args) {
    return Main.run(
        new PrintStream(out, true, StandardCharsets.UTF_8),
        new PrintStream(err, true, StandardCharsets.UTF_8),
        Clock.systemUTC(),
        args);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Prints what it was given. */
  public static final class EchoJob implements Job {
    @Override
    public String name() {
      return "echo";
    }

    @Override
    public JobResult run(JobContext context) {
      if (context.config().hasPath("echo.fail")) {
        String how = context.config().getString("echo.fail");
        switch (how) {
          case "usage" -> throw new UsageException("Cannot echo: told so");
          case "hardware" -> throw new MissingHardwareException("Cannot echo: told so");
          default -> throw new IllegalStateException("Cannot echo: told so");
        }
      }
      context.out().println(context.arguments() + " " + context.master());
      if (context.config().hasPath("echo")) {
        context
            .out()
            .println(
                context.config().getConfig("echo").root().render(ConfigRenderOptions.concise()));
      }
      return JobResult.done(Path.of("echo/summary.json"));
    }
  }
}
