package org.xfernas.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.models.bench.TrainingBenchmark;
import org.xfernas.search.NearestName;

/**
 * Measures speed: {@code bench training} is that of training, in processes started as trial workers
 * are; {@code bench surrogate} that of the optimizers' surrogates, in this one; {@code bench
 * history} that of the views of the history, on Spark. Prints one line of JSON.
 */
public final class BenchJob implements Job {
  private static final String TRAINING = "training";
  private static final String SURROGATE = "surrogate";
  private static final String HISTORY = "history";
  private static final List<String> NAMES = List.of(TRAINING, SURROGATE, HISTORY);

  /** Of the training alone; the two side by side have one each. */
  private static final int THREADS = 2;

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    String benchmark = benchmark(context);
    BenchSections sections = Settings.read(context.config(), BenchSections.class);
    context.err().println("measuring; anything else that runs on this machine spoils the figures");
    Path directory = sections.output().resolve("bench-" + benchmark);
    Map<String, Object> figures =
        switch (benchmark) {
          case TRAINING -> TrainingBenchmark.run(THREADS);
          case SURROGATE -> SurrogateBenchmark.run();
          default ->
              new HistoryBenchmark(
                      directory.resolve("warehouse"), sections.tables(), context.master())
                  .run(sections.bench().trials());
        };
    context.out().println(new ObjectMapper().writeValueAsString(figures));

    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("job", name());
    summary.put("bench", benchmark);
    summary.putAll(figures);
    return JobResult.done(SummaryFile.write(directory, summary));
  }

  private static String benchmark(JobContext context) {
    if (context.arguments().size() != 1) {
      throw new UsageException(
          "Cannot run bench: it takes the name of one benchmark (arguments=%s); there is: %s"
              .formatted(context.arguments(), String.join(", ", NAMES)));
    }
    String benchmark = context.arguments().get(0);
    if (!NAMES.contains(benchmark)) {
      throw new UsageException(
          "Cannot run bench %s: there is no such benchmark%s; there is: %s"
              .formatted(
                  benchmark,
                  NearestName.of(benchmark, Set.copyOf(NAMES))
                      .map(" (did you mean %s?)"::formatted)
                      .orElse(""),
                  String.join(", ", NAMES)));
    }
    return benchmark;
  }
}
