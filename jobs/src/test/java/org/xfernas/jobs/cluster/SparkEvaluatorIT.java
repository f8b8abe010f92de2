package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.worker.ScriptedTrainer;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.RandomSearch;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchListener;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchRun;
import org.xfernas.search.run.StopCriterion;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Trial;

/** Trials as Spark tasks, two at a time in one process, with a scripted trainer. */
class SparkEvaluatorIT {
  private static JavaSparkContext spark;
  private SparkEvaluator evaluator;
  @TempDir Path directory;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("trials")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @AfterEach
  void closeEvaluator() {
    evaluator.close();
  }

  @Test
  void eachTrialIsOneRowWhateverBecomesOfIt() throws Exception {
    evaluate(Duration.ofSeconds(5));
    List<String> scripts = List.of("ok", "segv", "kill_once", "hang", "heap", "diverge", "ok");
    for (int i = 0; i < scripts.size(); i++) {
      evaluator.launch(Trials.proposal(i + 1, scripts.get(i)));
    }
    List<Trial> trials = Trials.await(evaluator, scripts.size());

    assertThat(trials)
        .extracting(trial -> trial.result().failure().map(Failure::kind).orElse(null))
        .containsExactly(
            null,
            Failure.Kind.CRASH,
            null,
            Failure.Kind.DEADLINE,
            Failure.Kind.OUT_OF_MEMORY,
            Failure.Kind.DIVERGED,
            null);
    assertThat(trials)
        .extracting(trial -> trial.result().scores().others().get("attempts"))
        .containsExactly(1.0, 2.0, 2.0, 1.0, 1.0, 1.0, 1.0);
    assertThat(trials.get(0).result().curve()).isEqualTo(ScriptedTrainer.CURVE);
    assertThat(trials.get(0).result().scores().validation()).hasValue(75);
    assertThat(trials.get(3).result().curve()).isEqualTo(ScriptedTrainer.CURVE.subList(0, 1));
    assertThat(trials.get(6).result().execution().place())
        .satisfies(
            place -> {
              assertThat(place.executor()).isEqualTo("driver");
              assertThat(place.device()).isEqualTo("cpu");
              assertThat(place.versions()).containsEntry("threads", "1");
            });
  }

  @Test
  void aSearchGoesOnWhereTrialsFail() throws Exception {
    evaluate(Duration.ofMinutes(1));
    SearchSpace space = new EdgeCellSpace(2, List.of("ok", "segv", "heap", "kill_once"));
    SearchJournal journal = SearchJournal.inMemory();
    new SearchRun(
            space,
            new RandomSearch(space, Deduplication.TEXT, new Seed(1)),
            evaluator,
            journal,
            new SearchPlan(
                Objective.VALIDATION_ACCURACY,
                List.of(new StopCriterion.Evaluations(4)),
                SearchPlan.Mode.ASYNCHRONOUS,
                OptionalInt.empty(),
                new Seed(1)),
            SearchListener.NONE)
        .run();

    assertThat(journal.trials())
        .extracting(
            trial -> trial.proposal().architecture().text(),
            trial -> trial.result().failure().map(Failure::kind).orElse(null))
        .containsExactlyInAnyOrder(
            tuple("|ok~0|", null),
            tuple("|segv~0|", Failure.Kind.CRASH),
            tuple("|heap~0|", Failure.Kind.OUT_OF_MEMORY),
            tuple("|kill_once~0|", null));
  }

  @Test
  void asManyTrialsRunAtOnceAsTheContextHasSlots() throws Exception {
    evaluate(Duration.ofMinutes(1));
    assertThat(evaluator.slots()).isEqualTo(2);
    evaluator.launch(Trials.proposal(1, "meet"));
    evaluator.launch(Trials.proposal(2, "meet"));
    assertThat(Trials.await(evaluator, 2))
        .allSatisfy(trial -> assertThat(trial.result().failure()).isEmpty());
  }

  @Test
  void closingAbandonsWhatRunsAndEndsItsWorkers() throws Exception {
    evaluate(Duration.ofMinutes(1));
    for (int number = 1; number <= 3; number++) {
      evaluator.launch(Trials.proposal(number, "hang"));
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> workers().count() == 2);
    evaluator.close();
    await().atMost(Duration.ofMinutes(1)).until(() -> workers().count() == 0);
    assertThat(spark.statusTracker().getActiveJobIds()).isEmpty();
  }

  @Test
  void awaitingNothingEndsInTime() throws Exception {
    evaluate(Duration.ofMinutes(1));
    assertThat(evaluator.await(Duration.ofMillis(1))).isEmpty();
  }

  @Test
  void workersThatCannotStartStopTheSearch() {
    evaluator =
        Trials.evaluator(
            spark,
            new TrialSpec("org.xfernas.NoTrainer", "", Duration.ofMinutes(1), Workers.SETTINGS));
    evaluator.launch(Trials.proposal(1, "ok"));
    assertThatThrownBy(() -> evaluator.await(Duration.ofMinutes(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Cannot evaluate candidates")
        .hasMessageContaining("ClassNotFoundException: org.xfernas.NoTrainer")
        .hasMessageContaining("(search=test)");
  }

  private void evaluate(Duration deadline) {
    evaluator =
        Trials.evaluator(
            spark,
            new TrialSpec(
                ScriptedTrainer.class.getName(), directory.toString(), deadline, Workers.SETTINGS));
  }

  private static Stream<ProcessHandle> workers() {
    return ProcessHandle.current().children().filter(ProcessHandle::isAlive);
  }
}
