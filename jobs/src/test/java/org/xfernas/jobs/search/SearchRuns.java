package org.xfernas.jobs.search;

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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.Main;
import org.xfernas.jobs.Script;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;

/** Searches in a small table below a directory, in this process or in one of their own. */
final class SearchRuns {
  static final EdgeCellSpace SPACE = new EdgeCellSpace(4, List.of("zero", "conv", "pool"));

  /** Settings over a table-backed search's that train tiny candidates instead. */
  static final String TRAINING =
      """
      xfernas.search { space = null, evaluator = null }
      xfernas {
        search {
          task = tiny-fashion
          space = { type = block-cell, blocks = 1, operations = [identity, conv_1x1], output = unused }
          evaluator = { type = train }
          budget.evaluations = 3
        }
        data { dir = "../data/fashion-mnist-subset", split { training-limit = 128, validation-limit = 64, test-limit = 64 } }
        network { filters = 2, repeats = 1 }
        trial { fidelity.epochs = 2, protocol.batch-size = 64 }
        worker { heap = 256m, off-heap = 1g, resident-limit = 1g }
      }
      """;

  /** Where {@link #TRAINING} searches. */
  static final SearchSpace TRAINED_SPACE =
      new BlockCellSpace(1, List.of("identity", "conv_1x1"), OutputRule.UNUSED);

  private final Path directory;
  private final Map<String, Double> values = new LinkedHashMap<>();

  /** Writes the table: 729 architectures, each with a value of its own. */
  SearchRuns(Path directory) throws IOException {
    this.directory = directory;
    StringBuilder csv = new StringBuilder("arch,valid,test,full,seconds\n");
    int[] tokens = new int[6];
    for (int row = 0; row < 729; row++) {
      for (int edge = 0, rest = row; edge < 6; edge++, rest /= 3) {
        tokens[edge] = rest % 3;
      }
      double value = row * 181 % 729 / 10.0;
      values.put(SPACE.decode(tokens).text(), value);
      csv.append(
          "%s,%s,%s,%s,10\n".formatted(SPACE.decode(tokens).text(), value, value / 2, 100 - value));
    }
    Files.writeString(directory.resolve("table.csv"), csv);
  }

  /** What the table has of an architecture. */
  double value(String architecture) {
    return values.get(architecture);
  }

  /** Every architecture of the table. */
  Set<String> texts() {
    return values.keySet();
  }

  /** What the tables have of a search. */
  RecordedSearch recorded(String searchId) {
    try (Warehouse warehouse = Warehouse.open(tables(settings("any")))) {
      return RecordedSearch.read(warehouse, searchId, SPACE);
    }
  }

  /** Settings of a search that is called {@code id}, with others over them. */
  String settings(String id, String... others) {
    return """
        xfernas {
          search {
            id = %s, task = squares
            space { type = edge-cell, nodes = 4, operations = [zero, conv, pool] }
            evaluator { type = table, path = "%s/table.csv", architecture = arch, metric = valid, test-metric = test, cost = seconds }
            optimizer { type = evolution, population = 4, tournament = 2 }
            budget.evaluations = 8
          }
          tables.warehouse = "%s/warehouse"
          output = "%s/runs"
        }
        %s
        """
        .formatted(id, directory, directory, directory, String.join("\n", others));
  }

  /** Where such a search keeps its rows. */
  TablesSettings tables(String settings) {
    return Settings.read(config(settings), SearchSections.class).tables();
  }

  /** Settings over the defaults. */
  Config config(String settings) {
    return ConfigFactory.parseString(settings)
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }

  /** What became of a job. */
  record Outcome(JobResult result, String out, String err) {
    JsonNode summary() throws IOException {
      return new ObjectMapper().readTree(result.summary().toFile());
    }
  }

  /** Runs the search in this process. */
  Outcome search(String settings) throws Exception {
    return run(new SearchJob(), settings);
  }

  /** Runs a job on the search's tables in this process. */
  Outcome run(Job job, String settings, String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    try (PrintStream outStream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream errStream = new PrintStream(err, true, StandardCharsets.UTF_8)) {
      JobContext context =
          new JobContext(
              List.of(arguments),
              config(settings),
              Optional.of("local[2]"),
              outStream,
              errStream,
              Clock.systemUTC());
      JobResult result = job.run(context);
      return new Outcome(
          result, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
    }
  }

  /** Starts the job in a process of its own; its output goes to {@code driver.txt}. */
  Process start(String settings, String... options) throws IOException {
    Path conf = directory.resolve("driver.conf");
    Files.writeString(conf, settings);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx512m");
    command.add("@" + Script.ROOT.resolve("conf/java-options"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("search", "--conf", conf.toString()));
    command.addAll(List.of(options));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(output().toFile()))
        .start();
  }

  /** What the processes said. */
  Path output() {
    return directory.resolve("driver.txt");
  }
}
