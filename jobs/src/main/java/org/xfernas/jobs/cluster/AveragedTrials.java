package org.xfernas.jobs.cluster;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.apache.spark.SparkEnv;
import org.apache.spark.api.java.JavaSparkContext;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.models.training.CandidateTrainer;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Place;

/**
 * A trial is trained by several Spark tasks, in the executors' own processes, one trial at a time:
 * parameter averaging. Validation runs on the driver.
 */
final class AveragedTrials implements TrialRunner {
  private final JavaSparkContext spark;
  private final CandidateSettings settings;
  private final Duration deadline;
  private final int tasks;
  private final int averagingFrequency;
  private final InstantSource clock;
  private CandidateTrainer trainer;

  /**
   * @param tasks that share the training of a candidate, the same number for all candidates
   */
  AveragedTrials(
      JavaSparkContext spark,
      CandidateSettings settings,
      TrialSettings trial,
      int tasks,
      InstantSource clock) {
    this.spark = spark;
    this.settings = settings;
    this.deadline = trial.deadline();
    this.averagingFrequency = trial.averagingFrequency();
    this.tasks = tasks;
    this.clock = clock;
  }

  @Override
  public int slots() {
    return 1;
  }

  @Override
  public synchronized TaskReport run(Proposal proposal, String jobGroup) throws Exception {
    if (trainer == null) {
      trainer = new CandidateTrainer(settings.load(), clock);
    }
    ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
    try {
      timer.schedule(
          () -> spark.cancelJobGroup(jobGroup), deadline.toMillis(), TimeUnit.MILLISECONDS);
      return new TaskReport(train(proposal), 1, place());
    } finally {
      timer.shutdownNow();
    }
  }

  private TrainingReport train(Proposal proposal) throws Exception {
    Instant started = clock.instant();
    BooleanSupplier expired = () -> !clock.instant().isBefore(started.plus(deadline));
    AveragedPass pass = new AveragedPass(spark, settings, tasks, averagingFrequency, expired);
    List<Epoch> curve = new ArrayList<>();
    try {
      return trainer.train(
          settings.training(proposal.architecture(), proposal.seed()), pass, curve::add);
    } catch (Exception e) {
      if (spark.sc().isStopped()) {
        throw e;
      }
      Failure failure =
          expired.getAsBoolean() ? TrialFailures.deadline(deadline) : TrialFailures.of(e);
      double seconds = Duration.between(started, clock.instant()).toMillis() / 1e3;
      return TrainingReport.failed(failure, curve, seconds);
    }
  }

  private Place place() {
    return new Place(
        SparkEnv.get().blockManager().blockManagerId().host(),
        "all",
        "cpu",
        Map.of("java", Runtime.version().toString(), "spark", spark.version()));
  }
}
