package org.xfernas.jobs;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.FSError;
import org.xfernas.search.NearestName;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What {@code submit.sh} runs: finds the job, puts its configuration together, reports its end. */
@Command(
    name = "submit.sh",
    description =
        "Runs one job of Xfernas. Exit codes: 0 done, 1 failed, 2 wrong usage, 3 no such hardware.",
    mixinStandardHelpOptions = true,
    sortOptions = false)
public final class Main {

  /** Every job that Xfernas is to have, in the order of the documentation. */
  static final List<String> KNOWN_JOBS =
      List.of(
          "search",
          "status",
          "report",
          "train",
          "predict",
          "ablation",
          "history",
          "import",
          "export",
          "nightly",
          "ingest",
          "preflight",
          "bench");

  private static final Pattern MASTER =
      Pattern.compile(
          "local(\\[(\\d+|\\*)(,\\d+)?])?|local-cluster\\[\\d+,\\d+,\\d+]|spark://.+|yarn|k8s://.+");

  @Parameters(index = "0", paramLabel = "JOB", description = "The job.", arity = "1")
  private String jobName;

  @Parameters(
      index = "1..*",
      paramLabel = "argument",
      description = "What the job takes besides its configuration.")
  private List<String> arguments = List.of();

  @Option(
      names = "--conf",
      paramLabel = "FILE",
      description = "A configuration in HOCON; later files go over earlier ones.")
  private List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "path=value",
      description = "One setting, its value in HOCON; goes over every file.")
  private List<String> settings = List.of();

  @Option(names = "--master", paramLabel = "URL", description = "The Spark master.")
  private Optional<String> master = Optional.empty();

  private Main() {}

  /** Runs the job and ends the process with its exit code. */
  public static void main(String[] args) {
    System.exit(run(System.out, System.err, Clock.systemUTC(), args).code());
  }

  static ExitCode run(PrintStream out, PrintStream err, Clock clock, String... args) {
    Main main = new Main();
    CommandLine command =
        new CommandLine(main)
            .setUnmatchedOptionsArePositionalParams(true)
            .setOut(new PrintWriter(out, true, StandardCharsets.UTF_8))
            .setErr(new PrintWriter(err, true, StandardCharsets.UTF_8));
    command.getCommandSpec().usageMessage().footer("Jobs: " + String.join(", ", KNOWN_JOBS));
    try {
      command.parseArgs(args);
    } catch (CommandLine.ParameterException e) {
      err.println(e.getMessage());
      command.usage(err);
      return ExitCode.WRONG_USAGE;
    }
    if (CommandLine.printHelpIfRequested(command.getParseResult())) {
      return ExitCode.DONE;
    }
    return main.runJob(out, err, clock);
  }

  private ExitCode runJob(PrintStream out, PrintStream err, Clock clock) {
    Config config = ConfigFactory.empty();
    try {
      Job job = find(jobName);
      requireKnownOptions(job);
      requireMaster();
      config = Configuration.load(files, settings);
      Configuration.tellSpark(config);
      JobResult result = job.run(new JobContext(arguments, config, master, out, err, clock));
      out.println("summary: " + result.summary());
      return result.exitCode();
    } catch (UsageException e) {
      err.println(e.getMessage());
      return ExitCode.WRONG_USAGE;
    } catch (MissingHardwareException e) {
      err.println(e.getMessage());
      return ExitCode.HARDWARE_MISSING;
    } catch (Exception | FSError e) {
      // Hadoop's local file system turns a full disk into an Error.
      Optional<String> fullDisk = FullDisk.explain(e, config);
      if (fullDisk.isEmpty()) {
        e.printStackTrace(err);
      }
      err.println("%s failed: %s".formatted(jobName, fullDisk.orElse(e.getMessage())));
      return ExitCode.FAILED;
    }
  }

  private void requireMaster() {
    if (master.isPresent() && !MASTER.matcher(master.get()).matches()) {
      throw new UsageException(
          "Cannot use --master %s: it must be local[CORES], spark://HOST:PORT, yarn or k8s://URL"
              .formatted(master.get()));
    }
  }

  private void requireKnownOptions(Job job) {
    Set<String> known = new TreeSet<>(Set.of("--conf", "--set", "--master"));
    known.addAll(job.options());
    for (String argument : arguments) {
      if (argument.startsWith("-") && !known.contains(argument)) {
        throw new UsageException(
            "Cannot run %s: there is no option %s%s. There are: %s"
                .formatted(
                    jobName,
                    argument,
                    NearestName.of(argument, known)
                        .map(" (did you mean %s?)"::formatted)
                        .orElse(""),
                    String.join(", ", known)));
      }
    }
  }

  private static Job find(String name) {
    Map<String, Job> available = new TreeMap<>();
    ServiceLoader.load(Job.class, Main.class.getClassLoader())
        .forEach(job -> available.put(job.name(), job));
    Job job = available.get(name);
    if (job != null) {
      return job;
    }
    String runnable = String.join(", ", available.keySet());
    if (KNOWN_JOBS.contains(name)) {
      throw new UsageException(
          "Cannot run %s: it is not available yet. Available are: %s".formatted(name, runnable));
    }
    throw new UsageException(
        "Cannot run %s: there is no such job%s. Available are: %s"
            .formatted(
                name,
                NearestName.of(name, KNOWN_JOBS).map(" (did you mean %s?)"::formatted).orElse(""),
                runnable));
  }
}
