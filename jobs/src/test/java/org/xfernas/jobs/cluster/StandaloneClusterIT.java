package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.cluster.TrialSettings.Training;
import org.xfernas.jobs.worker.ScriptedTrainer;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult.Place;

/** Trials on two executors of a standalone cluster, with a simulated GPU each. */
class StandaloneClusterIT {
  @TempDir static Path directory;
  private static LoopbackCluster cluster;
  private static JavaSparkContext spark;
  private static SparkEvaluator evaluator;

  @BeforeAll
  static void startCluster() throws Exception {
    cluster = new LoopbackCluster(Files.createDirectory(directory.resolve("spark-home")), 2);
    spark = cluster.connect();
    evaluator =
        Trials.evaluator(
            spark,
            new TrialSpec(
                ScriptedTrainer.class.getName(),
                directory.toString(),
                Duration.ofMinutes(1),
                Workers.SETTINGS));
    assertThat(TaskSlots.ofAllExecutors(spark)).isEqualTo(2);
  }

  @AfterAll
  static void stopCluster() {
    if (evaluator != null) {
      evaluator.close();
      spark.stop();
    }
    cluster.close();
  }

  /** Each of the two ends only when the other runs too. */
  @Test
  void twoTrialsAtATimeHaveAGpuEach() throws Exception {
    evaluator.launch(Trials.proposal(1, "meet"));
    evaluator.launch(Trials.proposal(2, "meet"));
    List<Trial> trials = Trials.await(evaluator, 2);

    assertThat(trials).allSatisfy(trial -> assertThat(trial.result().failure()).isEmpty());
    List<Place> places = trials.stream().map(trial -> trial.result().execution().place()).toList();
    assertThat(places).extracting(Place::device).containsExactlyInAnyOrder("0", "1");
    assertThat(places).extracting(Place::executor).doesNotHaveDuplicates();
    assertThat(places)
        .allSatisfy(place -> assertThat(place.versions()).containsEntry("gpu", place.device()));
  }

  @Test
  void executorsTrainOneCandidateTogether() throws Exception {
    try (Evaluator averaging =
        Trials.candidates(spark, Training.PARAMETER_AVERAGING, CandidateTrialsIT.CANDIDATES)) {
      averaging.launch(Trials.proposal(1, new EdgeCell(2, List.of("nor_conv_3x3"))));
      CandidateTrialsIT.assertLearnt(Trials.await(averaging, 1).get(0).result());
    }
  }

  @Test
  void aTrialOutlivesItsExecutor() throws Exception {
    evaluator.launch(Trials.proposal(9, "hang_once"));
    Path first = ScriptedTrainer.firstWorker(directory, 9);
    await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(first) && Files.size(first) > 0);
    ProcessHandle worker = ProcessHandle.of(Long.parseLong(Files.readString(first))).orElseThrow();
    worker.parent().orElseThrow().destroyForcibly();

    Trial trial = Trials.await(evaluator, 1).get(0);
    assertThat(trial.result().failure()).isEmpty();
    assertThat(trial.result().scores().others()).containsEntry("attempts", 2.0);
    await().atMost(Duration.ofMinutes(1)).until(() -> !worker.isAlive());
  }
}
