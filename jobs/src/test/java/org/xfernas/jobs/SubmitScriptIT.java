package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.Script.Result;

/** What a user types, against the jar and the Spark home that the build made. */
class SubmitScriptIT {
  private static final String HOST = InetAddress.getLoopbackAddress().getHostAddress();

  @TempDir Path directory;

  @Test
  void anUnknownJobIsRefusedBeforeSparkStarts() throws Exception {
    Result result = Script.submit(directory, "serach").run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("org.apache.spark.deploy.SparkSubmit")
        .contains("did you mean search?")
        .doesNotContain("Exception");
    assertThat(result.out()).isEmpty();
  }

  /** Its keys are all known; its data is on somebody else's cluster. */
  @Test
  void theConfigurationForAClusterLacksItsDataAlone() throws Exception {
    Result result =
        Script.submit(
                directory,
                "search",
                "--conf",
                Script.ROOT.resolve("conf/search.conf").toString(),
                "--set",
                "xfernas.data.dir=nowhere",
                "--set",
                "xfernas.tables.warehouse=here")
            .run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.messages())
        .singleElement()
        .asString()
        .contains("Cannot read nowhere/data_batch_1.bin");
  }

  @Test
  void relativePathsAreThoseOfTheWorkingDirectory() throws Exception {
    Path elsewhere = Files.createDirectory(directory.resolve("some where"));
    Files.writeString(
        elsewhere.resolve("my settings.conf"),
        "xfernas { tables.warehouse = here, worker { heap = 512m, off-heap = 1g, resident-limit = 1g } }");
    Result result =
        Script.submit(
                elsewhere,
                "preflight",
                "--conf",
                "my settings.conf",
                "--set",
                "xfernas.data.dir=\"%s\""
                    .formatted(Script.ROOT.resolve("data/fashion-mnist-subset")),
                "--set",
                "xfernas.output=out put",
                "--master",
                "local[1]")
            .with("SPARK_DRIVER_MEMORY", "1g")
            .run();
    assertThat(result.exitCode()).as(result.out() + result.err()).isZero();
    assertThat(result.summary()).isEqualTo(Path.of("out put/preflight/summary.json"));
    assertThat(elsewhere.resolve("out put/preflight/summary.json")).isRegularFile();
    assertThat(elsewhere.resolve("here")).isDirectory();
    assertThat(result.out())
        .contains("ok      master    local[1] runs 1 tasks at a time")
        .contains("Spark may take 1.4 GiB and 1 trials 1.5 GiB each");
  }

  @Test
  void theTraceOfAQueryThatFailsIsInTheLogAlone() throws Exception {
    Files.writeString(
        directory.resolve("trials.csv"),
        """
        task,space,architecture,validation_accuracy
        digits,"{""type"":""edge-cell"",""nodes"":3,""operations"":[""conv""]}",|conv~0|+|conv~0|conv~1|,91.5
        """);
    assertThat(Script.submit(directory, "import", "trials.csv").run().exitCode()).isZero();
    Result result =
        Script.submit(
                directory,
                "history",
                "--sql",
                "SELECT raise_error(task) FROM trials",
                "--master",
                "local[1]")
            .run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.messages())
        .containsExactly("Cannot read the history: the query failed: digits");
    assertThat(Files.readString(directory.resolve("runs/xfernas.jsonl")))
        .contains("Exception in task 0.0", "RuntimeException: digits");
  }

  /** A night, whose search looks its candidates up, and whose maintenance takes Spark. */
  @Test
  void whatAJobDoesIsLoggedAndShown() throws Exception {
    StringBuilder csv = new StringBuilder("arch,a\n");
    for (int row = 0; row < 8; row++) {
      String[] of = {row % 2 == 0 ? "conv" : "pool", row / 2 % 2 == 0 ? "conv" : "pool"};
      csv.append("|%s~0|+|%s~0|%s~1|,%d\n".formatted(of[0], of[1], row < 4 ? "conv" : "pool", row));
    }
    Files.writeString(directory.resolve("table.csv"), csv);
    Path settings =
        Files.writeString(
            directory.resolve("night.conf"),
            """
            xfernas {
              search {
                space { type = edge-cell, nodes = 3, operations = [conv, pool] }
                evaluator { type = table, path = table.csv, architecture = arch, metric = a }
                optimizer { type = random, transfer = none }
                budget.evaluations = 2
              }
              nightly.tasks { a {} }
            }
            """);
    Result result =
        Script.submit(directory, "nightly", "--conf", settings.toString(), "--master", "local[1]")
            .run();
    assertThat(result.exitCode()).as(result.toString()).isZero();

    List<JsonNode> trials = new ArrayList<>();
    for (String line : Files.readAllLines(directory.resolve("runs/xfernas.jsonl"))) {
      JsonNode event = new ObjectMapper().readTree(line);
      if (!event.get("trial").asText().isEmpty()) {
        trials.add(event);
      }
    }
    assertThat(trials)
        .allSatisfy(event -> assertThat(event.get("search_id").asText()).startsWith("nightly-a-"))
        .extracting(event -> event.get("trial").asText())
        .contains("1", "2");
    try (Stream<Path> logs = Files.list(directory.resolve("runs/spark-events"))) {
      historyServerShows(
          logs.map(log -> log.getFileName().toString().replace(".zstd", "")).toList());
    }
    assertThat(Files.readString(directory.resolve("runs/nightly/report.html")))
        .containsPattern("Written by Xfernas [0-9]");
  }

  /** Whose logs are called by their applications. */
  private void historyServerShows(List<String> applications) throws Exception {
    int port = freePort();
    Path err = directory.resolve("server.err");
    Process server =
        new Script(
                List.of(Script.ROOT.resolve("submit-scripts/history-server.sh").toString()),
                directory,
                Map.of())
            .with("SPARK_HISTORY_OPTS", "-Dspark.history.ui.port=%d -Xmx256m".formatted(port))
            .with("SPARK_LOCAL_IP", HOST)
            .start(directory.resolve("server.out"), err);
    try {
      URL address = new URL("http://%s:%d/api/v1/applications".formatted(HOST, port));
      await()
          .atMost(Duration.ofMinutes(1))
          .ignoreExceptionsInstanceOf(IOException.class)
          .untilAsserted(
              () -> {
                assertThat(server.isAlive()).as(Files.readString(err)).isTrue();
                assertThat(new ObjectMapper().readTree(address))
                    .isNotEmpty()
                    .extracting(application -> application.get("id").asText())
                    .containsExactlyInAnyOrderElementsOf(applications);
              });
      server.destroy();
      assertThat(server.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(server.exitValue()).isEqualTo(128 + 15);
    } finally {
      server.destroyForcibly();
    }
  }

  @Test
  void theHistoryServerNeedsADirectoryOfLogs() throws Exception {
    Result result =
        new Script(
                List.of(
                    Script.ROOT.resolve("submit-scripts/history-server.sh").toString(), "nowhere"),
                directory,
                Map.of())
            .run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err())
        .contains("there is no directory " + directory.resolve("nowhere"))
        .contains("run a job on Spark first, or name the directory");
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void preflightNamesWhatWouldFail() throws Exception {
    Result result =
        Script.submit(
                directory,
                "preflight",
                "--set",
                "xfernas.data.dir=nowhere",
                "--set",
                "xfernas.worker.heap=900g",
                "--set",
                "xfernas.preflight.patience=5s")
            .run();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.out())
        .containsPattern("(?m)^fail    data      Cannot read nowhere/train-images-idx3-ubyte")
        .containsPattern("(?m)^fail    memory .* lower xfernas.worker.heap");
    assertThat(result.summary()).isNotNull();
  }

  @Test
  void aSignalReachesTheDriver() throws Exception {
    Path err = directory.resolve("err");
    Process process =
        Script.submit(
                directory,
                "preflight",
                "--master",
                "spark://%s:1".formatted(HOST),
                "--set",
                "xfernas.preflight.patience=10m")
            .start(directory.resolve("out"), err);
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> Files.readString(err).contains("Failed to connect"));
    new ProcessBuilder("kill", "-TERM", Long.toString(process.pid())).start().waitFor();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
  }

  @Test
  void anInstalledSparkIsUsedWhereSparkHomeNamesIt() throws Exception {
    Path bin = Files.createDirectories(directory.resolve("spark/bin"));
    Path spark = bin.resolve("spark-submit");
    Files.writeString(spark, "#!/bin/sh\nprintf '%s\\n' \"$@\"\nexit 7\n");
    Files.setPosixFilePermissions(spark, PosixFilePermissions.fromString("rwx------"));
    Result result =
        Script.submit(directory, "search", "--set", "a=b c", "--master", "spark://host:7077")
            .with("SPARK_HOME", bin.getParent().toString())
            .run();
    assertThat(result.exitCode()).isEqualTo(7);
    assertThat(result.out().lines())
        .containsSubsequence(
            "--driver-memory", "2g", "--master", "spark://host:7077", "org.xfernas.jobs.Main")
        .endsWith("search", "--set", "a=b c", "--master", "spark://host:7077");
    assertThat(result.err()).startsWith(spark.toString());
  }

  @Test
  void aSparkHomeWithoutSparkIsRefused() throws Exception {
    Result result =
        Script.submit(directory, "search").with("SPARK_HOME", directory.toString()).run();
    assertThat(result.exitCode()).isEqualTo(2);
    assertThat(result.err()).contains("SPARK_HOME has no bin/spark-submit (" + directory + ")");
  }

  @Test
  void withoutABuildItSaysHowToBuild() throws Exception {
    Path scripts = Files.createDirectories(directory.resolve("project/submit-scripts"));
    Path copy = scripts.resolve("submit.sh");
    Files.copy(Script.ROOT.resolve("submit-scripts/submit.sh"), copy);
    Result result =
        new Script(List.of("bash", copy.toString(), "search"), directory, Map.of()).run();
    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err())
        .contains(
            "not built; run: mvn -f " + directory.resolve("project") + " -DskipTests package");
  }

  /** A master and a worker from the Spark home alone, then a job on their executor. */
  @Test
  void theSparkHomeIsAClusterByItself() throws Exception {
    int port = freePort();
    String master = "spark://%s:%d".formatted(HOST, port);
    List<Process> daemons = new ArrayList<>();
    try {
      daemons.add(daemon("master.Master", "--host", HOST, "--port", Integer.toString(port)));
      daemons.add(
          daemon(
              "worker.Worker",
              "--host",
              HOST,
              "--cores",
              "1",
              "--memory",
              "1g",
              "--work-dir",
              directory.resolve("work").toString(),
              master));
      Result result =
          Script.submit(
                  directory,
                  "preflight",
                  "--master",
                  master,
                  "--set",
                  "xfernas.data.dir=\"%s\""
                      .formatted(Script.ROOT.resolve("data/fashion-mnist-subset")))
              .with("SPARK_LOCAL_IP", HOST)
              .run();
      assertThat(result.out()).contains("ok      master    " + master + " runs 1 tasks at a time");
      assertThat(result.exitCode()).isZero();
    } finally {
      for (Process daemon : daemons) {
        daemon.descendants().forEach(ProcessHandle::destroyForcibly);
        daemon.destroyForcibly();
      }
    }
  }

  private Process daemon(String name, String... arguments) throws Exception {
    Path home = Script.ROOT.resolve("jobs/target/spark-home");
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + Script.ROOT.resolve("conf/java-options"));
    command.addAll(List.of("-Xmx256m", "-cp", home + "/jars/*", "org.apache.spark.deploy." + name));
    command.addAll(List.of("--webui-port", "0"));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(directory.resolve(name + ".log").toFile());
    builder.environment().put("SPARK_HOME", home.toString());
    builder.environment().put("SPARK_LOCAL_IP", HOST);
    builder.environment().put("SPARK_SCALA_VERSION", "2.12");
    return builder.start();
  }
}
