package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.serializer.JavaSerializer;
import org.apache.spark.serializer.KryoSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.jobs.cluster.TrialSettings.Training;
import org.xfernas.jobs.worker.CandidateSettings;
import org.xfernas.models.dataset.DataFormat;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.DataSettings.Split;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.Augmentation;
import org.xfernas.models.training.TrainingProtocol;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;

/** Real candidates, trained on the images that ship with the project. */
class CandidateTrialsIT {
  private static final SparkConf CONF =
      new SparkConf()
          .setMaster("local[2]")
          .setAppName("candidates")
          .set("spark.ui.enabled", "false")
          .set("spark.kryo.registrator", CandidateRegistrator.class.getName());

  /** Three epochs of 20 steps. */
  static final CandidateSettings CANDIDATES =
      new CandidateSettings(
          new DataSettings(
              DataFormat.IDX,
              Path.of("..", "data", "fashion-mnist-subset"),
              List.of(),
              new Split(0.1, 640, 200, 200)),
          new NetworkSettings(8, 1),
          new TrainingProtocol(32, 0.1, 0, 0.9, 5e-4, 5, Augmentation.NONE),
          new Fidelity(3, 1));

  private JavaSparkContext spark;

  @AfterEach
  void stopSpark() {
    spark.stop();
  }

  @Test
  void workersTrainAndMeasure() throws Exception {
    spark = new JavaSparkContext(CONF);
    try (Evaluator evaluator = Trials.candidates(spark, Training.WORKER, CANDIDATES)) {
      evaluator.launch(Trials.proposal(1, new EdgeCell(2, List.of("nor_conv_3x3"))));
      evaluator.launch(Trials.proposal(2, new EdgeCell(2, List.of("no_such_operation"))));
      List<Trial> trials = Trials.await(evaluator, 2);

      assertLearnt(trials.get(0).result());
      assertThat(trials.get(0).result().execution().place().versions())
          .containsEntry("nd4j", "CpuBackend")
          .containsEntry("spark", spark.version());
      Failure unknown = trials.get(1).result().failure().orElseThrow();
      assertThat(unknown.kind()).isEqualTo(Failure.Kind.INVALID);
      assertThat(unknown.reason()).contains("no_such_operation");
    }
  }

  @Test
  void aTrialThatNeedsTooMuchMemoryHasFailed() throws Exception {
    spark = new JavaSparkContext(CONF);
    CandidateSettings wide =
        new CandidateSettings(
            CANDIDATES.data(),
            new NetworkSettings(512, 1),
            new TrainingProtocol(640, 0.1, 0, 0.9, 5e-4, 5, Augmentation.NONE),
            CANDIDATES.fidelity());
    try (Evaluator evaluator = Trials.candidates(spark, Training.WORKER, wide)) {
      evaluator.launch(Trials.proposal(1, new EdgeCell(2, List.of("nor_conv_3x3"))));
      assertThat(Trials.await(evaluator, 1).get(0).result().failure().map(Failure::kind))
          .contains(Failure.Kind.OUT_OF_MEMORY);
    }
  }

  @Test
  void executorsStopAtTheDeadline() throws Exception {
    spark = new JavaSparkContext(CONF);
    try (Evaluator evaluator =
        Trials.candidates(spark, Training.PARAMETER_AVERAGING, CANDIDATES, Duration.ofMillis(1))) {
      evaluator.launch(Trials.proposal(1, new EdgeCell(2, List.of("nor_conv_3x3"))));
      assertThat(Trials.await(evaluator, 1).get(0).result().failure())
          .contains(new Failure(Failure.Kind.DEADLINE, "still training at its deadline of 0 s"));
    }
  }

  @ParameterizedTest
  @ValueSource(classes = {JavaSerializer.class, KryoSerializer.class})
  void executorsTrainOneCandidateTogether(Class<?> serializer) throws Exception {
    spark = new JavaSparkContext(CONF.clone().set("spark.serializer", serializer.getName()));
    try (Evaluator evaluator = Trials.candidates(spark, Training.PARAMETER_AVERAGING, CANDIDATES)) {
      assertThat(evaluator.slots()).isEqualTo(1);
      evaluator.launch(Trials.proposal(1, new EdgeCell(2, List.of("nor_conv_3x3"))));
      TrialResult averaged = Trials.await(evaluator, 1).get(0).result();

      assertLearnt(averaged);
      // Every step of the cosine was made, and none after it.
      assertThat(averaged.curve().get(2).learningRate())
          .isCloseTo(0.1 / 2 * (1 + Math.cos(Math.PI * 59 / 60)), within(1e-9));
    }
  }

  static void assertLearnt(TrialResult trained) {
    assertThat(trained.failure()).isEmpty();
    assertThat(trained.curve()).hasSize(3);
    assertThat(trained.curve().get(2).trainingLoss())
        .isLessThan(trained.curve().get(0).trainingLoss());
    // Ten classes: chance is 10 per cent.
    assertThat(trained.scores().validation().getAsDouble()).isGreaterThan(25);
    assertThat(trained.scores().test()).isPresent();
    assertThat(trained.size().parameters()).isPresent();
    assertThat(trained.execution().imagesPerSecond()).isPositive();
  }
}
