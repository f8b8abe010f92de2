package org.xfernas.jobs.cluster;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.xfernas.jobs.config.MemorySize;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ArchitectureId;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.Trial;

/** Proposals for an evaluator and their results, for tests. */
final class Trials {

  private Trials() {}

  static SparkEvaluator evaluator(JavaSparkContext spark, TrialSpec spec) {
    return new SparkEvaluator(spark, "test", new WorkerTrials(spark, spec), InstantSource.system());
  }

  /** Trains real candidates, in workers of at most 1 GB. */
  static Evaluator candidates(
      JavaSparkContext spark, TrialSettings.Training training, CandidateSettings candidates)
      throws InterruptedException {
    return candidates(spark, training, candidates, Duration.ofMinutes(5));
  }

  /** The same with another deadline. */
  static Evaluator candidates(
      JavaSparkContext spark,
      TrialSettings.Training training,
      CandidateSettings candidates,
      Duration deadline)
      throws InterruptedException {
    return TrialEvaluators.of(
        spark,
        "test",
        candidates,
        new TrialSettings(training, deadline, 2, candidates.fidelity(), candidates.protocol()),
        new WorkerSettings(
            new MemorySize(512L << 20),
            new MemorySize(512L << 20),
            new MemorySize(1L << 30),
            1,
            Duration.ofMinutes(1),
            Duration.ofMinutes(1)),
        InstantSource.system());
  }

  static Proposal proposal(int number, String script) {
    return proposal(number, Workers.script(script));
  }

  static Proposal proposal(int number, Architecture architecture) {
    return new Proposal(
        number,
        architecture,
        new ArchitectureId("candidate-" + number),
        number,
        new Basis(List.of(), List.of()),
        Explanation.of("a test"),
        0);
  }

  /** The next {@code count} trials, by number. */
  static List<Trial> await(Evaluator evaluator, int count) throws InterruptedException {
    List<Trial> trials = new ArrayList<>();
    while (trials.size() < count) {
      List<Trial> finished = evaluator.await(Duration.ofMinutes(2));
      if (finished.isEmpty()) {
        throw new AssertionError("only %d of %d trials ended".formatted(trials.size(), count));
      }
      trials.addAll(finished);
    }
    trials.sort(Comparator.comparingInt(trial -> trial.proposal().number()));
    return trials;
  }
}
