package org.xfernas.jobs.bench;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
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
 * Measures speed, without Spark: {@code bench training} is that of training, in processes started
 * as trial workers are. Prints one line of JSON.
 */
public final class BenchJob implements Job {
  private static final String TRAINING = "training";

  /** Of the training alone; the two side by side have one each. */
  private static final int THREADS = 2;

  @Override
  public String name() {
    return "bench";
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    requireBenchmark(context);
    BenchSections sections = Settings.read(context.config(), BenchSections.class);
    context.err().println("measuring; anything else that runs on this machine spoils the figures");
    Map<String, Object> figures = TrainingBenchmark.run(THREADS);
    context.out().println(new ObjectMapper().writeValueAsString(figures));

    Map<String, Object> summary = new LinkedHashMap<>();
    summary.put("job", name());
    summary.put("bench", TRAINING);
    summary.putAll(figures);
    return JobResult.done(
        SummaryFile.write(sections.output().resolve("bench-" + TRAINING), summary));
  }

  private static void requireBenchmark(JobContext context) {
    if (context.arguments().size() != 1) {
      throw new UsageException(
          "Cannot run bench: it takes the name of one benchmark (arguments=%s); there is: %s"
              .formatted(context.arguments(), TRAINING));
    }
    String benchmark = context.arguments().get(0);
    if (!benchmark.equals(TRAINING)) {
      throw new UsageException(
          "Cannot run bench %s: there is no such benchmark%s; there is: %s"
              .formatted(
                  benchmark,
                  NearestName.of(benchmark, Set.of(TRAINING))
                      .map(" (did you mean %s?)"::formatted)
                      .orElse(""),
                  TRAINING));
    }
  }
}
