package org.xfernas.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
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

/** Real candidates, trained in workers on the images that ship with the project. */
class CandidateTrialsIT {
  private static JavaSparkContext spark;

  @BeforeAll
  static void startSpark() {
    spark =
        new JavaSparkContext(
            new SparkConf()
                .setMaster("local[2]")
                .setAppName("candidates")
                .set("spark.ui.enabled", "false"));
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  @Test
  void candidatesAreTrainedAndMeasured() throws Exception {
    CandidateSettings candidates =
        new CandidateSettings(
            new DataSettings(
                DataFormat.IDX,
                Path.of("..", "data", "fashion-mnist-subset"),
                List.of(),
                new Split(0.1, 640, 200, 200)),
            new NetworkSettings(8, 1),
            new TrainingProtocol(32, 0.1, 0, 0.9, 5e-4, 5, Augmentation.NONE),
            new Fidelity(3, 1));
    try (Evaluator evaluator = Trials.candidates(spark, candidates)) {
      evaluator.launch(Trials.proposal(1, new EdgeCell(2, List.of("nor_conv_3x3"))));
      evaluator.launch(Trials.proposal(2, new EdgeCell(2, List.of("no_such_operation"))));
      List<Trial> trials = Trials.await(evaluator, 2);

      TrialResult trained = trials.get(0).result();
      assertThat(trained.failure()).isEmpty();
      assertThat(trained.curve()).hasSize(3);
      assertThat(trained.curve().get(2).trainingLoss())
          .isLessThan(trained.curve().get(0).trainingLoss());
      // Ten classes: chance is 10 per cent.
      assertThat(trained.scores().validation().getAsDouble()).isGreaterThan(25);
      assertThat(trained.scores().test()).isPresent();
      assertThat(trained.size().parameters()).isPresent();
      assertThat(trained.execution().imagesPerSecond()).isPositive();
      assertThat(trained.execution().place().versions()).containsEntry("nd4j", "CpuBackend");

      Failure unknown = trials.get(1).result().failure().orElseThrow();
      assertThat(unknown.kind()).isEqualTo(Failure.Kind.INVALID);
      assertThat(unknown.reason()).contains("no_such_operation");
    }
  }
}
