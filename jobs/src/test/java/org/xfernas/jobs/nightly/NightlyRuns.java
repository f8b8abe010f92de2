package org.xfernas.jobs.nightly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.Main;
import org.xfernas.jobs.Script;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.search.SearchJob;
import org.xfernas.jobs.status.StatusJob;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.space.EdgeCellSpace;

/** Nights on the tasks a, b and c of a table of 27 architectures, below a directory. */
final class NightlyRuns {
  static final EdgeCellSpace SPACE = new EdgeCellSpace(3, List.of("conv", "pool", "zero"));

  private final Path directory;

  /** Writes the table, in which every evaluation takes 10 seconds. */
  NightlyRuns(Path directory) throws IOException {
    this.directory = directory;
    StringBuilder csv = new StringBuilder("arch,a,b,c,seconds\n");
    for (int row = 0; row < 27; row++) {
      String text = SPACE.decode(new int[] {row % 3, row / 3 % 3, row / 9}).text();
      csv.append("%s,%d,%d,%d,10\n".formatted(text, row * 5 % 27, row * 7 % 27, row * 8 % 27));
    }
    Files.writeString(directory.resolve("table.csv"), csv);
  }

  /** Settings of the nights, with others over them. */
  String settings(String... others) {
    return """
        xfernas {
          search {
            space { type = edge-cell, nodes = 3, operations = [conv, pool, zero] }
            evaluator { type = table, path = "%1$s/table.csv", architecture = arch, cost = seconds }
            optimizer { type = evolution, transfer = none, population = 4, tournament = 2 }
            budget.evaluations = 4
          }
          nightly {
            tasks { a.search.evaluator.metric = a, b.search.evaluator.metric = b, c.search.evaluator.metric = c }
            maintenance = false
          }
          tables.warehouse = "%1$s/warehouse"
          output = "%1$s/runs"
        }
        %2$s
        """
        .formatted(directory, String.join("\n", others));
  }

  /** What became of a night. */
  record Outcome(JobResult result, String err) {
    JsonNode summary() throws IOException {
      return new ObjectMapper().readTree(result.summary().toFile());
    }

    /** The tasks that were searched on, each with what was said of it. */
    List<String> searches(String... fields) throws IOException {
      List<String> lines = new ArrayList<>();
      for (JsonNode search : summary().get("searches")) {
        StringBuilder line = new StringBuilder(search.get("task").asText());
        for (String field : fields) {
          line.append(", ").append(search.get(field).asText());
        }
        lines.add(line.toString());
      }
      return lines;
    }
  }

  /** Runs a night in this process. */
  static Outcome night(String settings, Clock clock, String... tasks) throws Exception {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream())) {
      JobContext context =
          new JobContext(
              List.of(tasks), config(settings), Optional.of("local[2]"), nowhere, errStream, clock);
      return new Outcome(new NightlyJob().run(context), err.toString(StandardCharsets.UTF_8));
    }
  }

  static Outcome night(String settings) throws Exception {
    return night(settings, Clock.systemUTC());
  }

  /** Searches on a task that is in no list, guided by the metric a. */
  static void searchByHand(String settings, String task) throws Exception {
    run(
        new SearchJob(),
        "%s\nxfernas.search { id = by-hand, task = \"%s\", evaluator.metric = a }"
            .formatted(settings, task));
  }

  /** What the job {@code status} says. */
  static String status(String settings, String... ids) throws Exception {
    return run(new StatusJob(), settings, ids);
  }

  /** What a job says on standard output. */
  static String run(Job job, String settings, String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream())) {
      job.run(
          new JobContext(
              List.of(arguments),
              config(settings),
              Optional.empty(),
              stream,
              nowhere,
              Clock.systemUTC()));
    }
    return out.toString(StandardCharsets.UTF_8);
  }

  private static Config config(String settings) {
    return ConfigFactory.parseString(settings)
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  /** The tables of such nights. */
  static Warehouse open(String settings) {
    return Warehouse.open(Settings.read(config(settings), NightlySections.class).tables());
  }

  /** Starts a night in a process of its own; its output goes to {@code night.txt}. */
  Process start(String settings, String... options) throws IOException {
    Path conf = directory.resolve("night.conf");
    Files.writeString(conf, settings);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("@" + Script.ROOT.resolve("conf/java-options"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("nightly", "--conf", conf.toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
        .start();
  }

  /** What the processes said. */
  Path output() {
    return directory.resolve("night.txt");
  }
}
