package org.xfernas.jobs.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIf;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.jobs.Script;

/** The schedulers' files, as far as their own validators, or their formats, go. */
class SchedulersTest {
  private static final Path SCHEDULERS = Script.ROOT.resolve("submit-scripts/schedulers");
  private static final String HOME = "/opt/xfernas";

  @TempDir Path directory;

  static Stream<Path> starters() {
    return Stream.of(
            "xfernas.crontab",
            "xfernas-nightly.service",
            "xfernas-nightly.cronjob.yaml",
            "xfernas_nightly.py")
        .map(SCHEDULERS::resolve);
  }

  @ParameterizedTest
  @MethodSource("starters")
  void eachStartsTheNight(Path file) throws IOException {
    String command = Files.readString(file).replaceAll("[\",\\[\\]]+ *", " ").replaceAll(" +", " ");
    assertThat(command)
        .contains("submit-scripts/submit.sh nightly --conf conf/nightly.conf")
        .contains(HOME);
    assertThat(Script.ROOT.resolve("submit-scripts/submit.sh")).isExecutable();
    assertThat(Script.ROOT.resolve("conf/nightly.conf")).isRegularFile();
  }

  @Test
  @EnabledIf("hasSystemd")
  void systemdTakesTheTimerAndTheService() throws Exception {
    for (String unit : List.of("xfernas-nightly.service", "xfernas-nightly.timer")) {
      Files.writeString(
          directory.resolve(unit),
          Files.readString(SCHEDULERS.resolve(unit)).replace(HOME, Script.ROOT.toString()));
    }
    requireSuccess(
        "systemd-analyze", "verify", directory.resolve("xfernas-nightly.timer").toString());
  }

  static boolean hasPython() {
    return Files.isExecutable(Path.of("/usr/bin/python3"));
  }

  static boolean hasSystemd() {
    return Files.isExecutable(Path.of("/usr/bin/systemd-analyze"));
  }

  @Test
  @EnabledIf("hasPython")
  void pythonCompilesTheDag() throws Exception {
    requireSuccess(
        "python3",
        "-c",
        "import py_compile, sys; py_compile.compile(sys.argv[1], cfile=sys.argv[2], doraise=True)",
        SCHEDULERS.resolve("xfernas_nightly.py").toString(),
        directory.resolve("compiled").toString());
  }

  private String requireSuccess(String... command) throws Exception {
    Script.Result result = run(command);
    assertThat(result.exitCode()).as(result.err()).isZero();
    return result.out();
  }

  private Script.Result run(String... command) throws Exception {
    return new Script(List.of(command), directory, Map.of()).run();
  }

  /** Without a cluster, kubectl reads the file into its types, and writes what it understood. */
  @Test
  @EnabledIf("hasKubectl")
  void kubectlUnderstandsTheCronJob() throws Exception {
    Path file = SCHEDULERS.resolve("xfernas-nightly.cronjob.yaml");
    String understood =
        requireSuccess(
            "kubectl", "set", "image", "--local", "-o", "yaml", "-f", file.toString(), "nightly=x");
    assertThat(understood)
        .contains(
            "kind: CronJob",
            "schedule: 30 23 * * *",
            "concurrencyPolicy: Forbid",
            "startingDeadlineSeconds: ",
            "backoffLimit: 0",
            "restartPolicy: Never",
            "terminationGracePeriodSeconds: ",
            "mountPath: /data",
            "claimName: xfernas");
  }

  static boolean hasKubectl() {
    return Files.isExecutable(Path.of("/usr/bin/kubectl"));
  }

  /**
   * Reads the file as one of a user, whose lines name none, and installs nothing. Others than
   * Debian's cron mean something else by -n.
   */
  @Test
  void cronTakesTheFile() throws Exception {
    assumeTrue(Script.isInstalled("crontab"), "no cron");
    String help = run("crontab", "-h").err();
    assumeTrue(help.contains("-n\t(dry run"), "this crontab has no dry run: " + help);
    String table = Files.readString(SCHEDULERS.resolve("xfernas.crontab"));
    Path file = directory.resolve("crontab");
    Files.writeString(file, table.replace("* * * xfernas ", "* * * "));
    requireSuccess("crontab", "-n", file.toString());
    Files.writeString(file, table.replace("30 23", "30 25"));
    Script.Result wrong = run("crontab", "-n", file.toString());
    assertThat(wrong.exitCode()).isNotZero();
    assertThat(wrong.err()).contains("bad hour");
  }

  @Test
  void theLineOfCronHasATimeAndAUser() throws IOException {
    assertThat(Files.readAllLines(SCHEDULERS.resolve("xfernas.crontab")))
        .filteredOn(line -> !line.startsWith("#") && !line.startsWith("SHELL="))
        .singleElement()
        .asString()
        .matches("30 23 \\* \\* \\* xfernas cd /opt/xfernas && submit-scripts/[^%]*");
  }
}
