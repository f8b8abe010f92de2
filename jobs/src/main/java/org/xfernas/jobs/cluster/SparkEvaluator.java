package org.xfernas.jobs.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Execution;
import org.xfernas.search.trial.TrialResult.Scores;

/**
 * Evaluates candidates on Spark, the jobs of a candidate in a group of their own. The metric {@code
 * attempts} of a trial is the number of workers that it took.
 */
final class SparkEvaluator implements Evaluator {
  private static final Duration CANCELLATION_LIMIT = Duration.ofSeconds(30);

  private final JavaSparkContext spark;
  private final String searchId;
  private final TrialRunner runner;
  private final InstantSource clock;
  private final ExecutorService jobs = Executors.newCachedThreadPool();
  private final CompletionService<Trial> completions = new ExecutorCompletionService<>(jobs);
  private final Set<String> running = ConcurrentHashMap.newKeySet();
  private IllegalStateException broken;

  /** An evaluator of the trials of one search. */
  SparkEvaluator(JavaSparkContext spark, String searchId, TrialRunner runner, InstantSource clock) {
    this.spark = spark;
    this.searchId = searchId;
    this.runner = runner;
    this.clock = clock;
  }

  @Override
  public int slots() {
    return runner.slots();
  }

  @Override
  public void launch(Proposal proposal) {
    Instant launched = clock.instant();
    completions.submit(() -> evaluate(proposal, launched));
  }

  private Trial evaluate(Proposal proposal, Instant launched) throws Exception {
    String group = "%s/trial-%d".formatted(searchId, proposal.number());
    running.add(group);
    try {
      // In the executor's logging context.
      spark.setLocalProperty("mdc.search_id", searchId);
      spark.setLocalProperty("mdc.trial", Integer.toString(proposal.number()));
      spark.setJobGroup(
          group, "evaluate trial %d of %s".formatted(proposal.number(), searchId), true);
      return trial(proposal, launched, runner.run(proposal, group));
    } finally {
      running.remove(group);
    }
  }

  /** Times by the driver's clock alone: clocks of executors may differ from it. */
  private Trial trial(Proposal proposal, Instant launched, TaskReport report) {
    TrainingReport trial = report.trial();
    Instant finished = clock.instant();
    Instant started = finished.minusMillis(Math.round(1000 * trial.seconds()));
    double waiting = Duration.between(launched, started).toMillis() / 1e3;
    Map<String, Double> others = new HashMap<>(trial.scores().others());
    others.put("attempts", (double) report.attempts());
    return new Trial(
        proposal,
        new TrialResult(
            trial.failure(),
            new Scores(trial.scores().validation(), trial.scores().test(), others),
            trial.curve(),
            trial.size(),
            new Execution(
                started,
                finished,
                Math.max(0, waiting),
                trial.seconds(),
                trial.imagesPerSecond(),
                report.place())));
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalStateException where Spark cannot run trials at all, which is no trial's
   *     failure, and no finished trial is left to hand over
   */
  @Override
  public List<Trial> await(Duration atMost) throws InterruptedException {
    List<Trial> trials = new ArrayList<>();
    Future<Trial> done = completions.poll(atMost.toMillis(), TimeUnit.MILLISECONDS);
    for (; done != null; done = completions.poll()) {
      try {
        trials.add(done.get());
      } catch (ExecutionException e) {
        broken = broken == null ? cannotEvaluate(e.getCause()) : broken;
      }
    }
    if (trials.isEmpty() && broken != null) {
      throw broken;
    }
    return trials;
  }

  private IllegalStateException cannotEvaluate(Throwable job) {
    return new IllegalStateException(
        "Cannot evaluate candidates: %s (search=%s)".formatted(TrialFailures.reason(job), searchId),
        job);
  }

  @Override
  public InstantSource clock() {
    return clock;
  }

  /** Cancels what still runs, and ends the idle workers of this process. */
  @Override
  public void close() {
    jobs.shutdown();
    Instant limit = clock.instant().plus(CANCELLATION_LIMIT);
    try {
      do {
        cancelRunning();
      } while (!jobs.awaitTermination(100, TimeUnit.MILLISECONDS)
          && clock.instant().isBefore(limit));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    WorkerPool.INSTANCE.clear();
  }

  private void cancelRunning() {
    if (!spark.sc().isStopped()) {
      running.forEach(spark::cancelJobGroup);
    }
  }
}
