package org.xfernas.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.linalg.schedule.ExponentialSchedule;
import org.nd4j.linalg.schedule.ScheduleType;
import org.xfernas.models.dataset.DataFiles;
import org.xfernas.models.dataset.DataFormat;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.NetworkBuilder.Network;
import org.xfernas.search.Seed;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Scores;

class CandidateTrainerTest {
  private static final TrainingProtocol PROTOCOL =
      new TrainingProtocol(32, 0.05, 0, 0.9, 5e-4, 5, Augmentation.NONE);

  @TempDir Path dir;
  private ImageTask task;

  @BeforeEach
  void load() throws Exception {
    DataFiles.writeIdx(dir, 400, 100);
    task = ImageTask.load(DataSettings.of(DataFormat.IDX, dir), new Seed(1));
  }

  @Test
  void learnsATaskAndReportsEveryEpoch() {
    List<Epoch> heard = new ArrayList<>();
    TrainingReport report = trainer().train(request(PROTOCOL, new Fidelity(6, 1), 1), heard::add);

    assertThat(report.failure()).isEmpty();
    assertThat(report.curve())
        .isEqualTo(heard)
        .extracting(Epoch::epoch)
        .containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(report.curve().get(5).trainingLoss())
        .isLessThan(report.curve().get(0).trainingLoss() / 2);
    assertThat(report.scores().validation()).hasValue(report.curve().get(5).validationAccuracy());
    assertThat(report.scores().validation().orElseThrow()).isGreaterThan(90);
    assertThat(report.scores().test().orElseThrow()).isGreaterThan(90);
    assertThat(report.size().flops()).hasValue(17);
  }

  /** Over 6 epochs of 12 steps the last step of epoch e is step 12 e - 1. */
  @Test
  void theLearningRateFollowsTheNetworksSchedule() {
    TrainingReport report = train(PROTOCOL, new Fidelity(6, 1), 1);
    for (Epoch epoch : report.curve()) {
      double expected = 0.05 * Math.pow(0.99, 12 * epoch.epoch() - 1);
      assertThat(epoch.learningRate()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void equalSeedsGiveEqualResults() {
    TrainingProtocol varied = new TrainingProtocol(32, 0.05, 0, 0.9, 5e-4, 5, Augmentation.CROP);
    assertThat(losses(train(varied, new Fidelity(2, 1), 7)))
        .isEqualTo(losses(train(varied, new Fidelity(2, 1), 7)))
        .isNotEqualTo(losses(train(varied, new Fidelity(2, 1), 8)));
  }

  @Test
  void aDataFractionTrainsOnFewerImages() {
    List<Integer> iterations = new ArrayList<>();
    CandidateTrainer trainer =
        new CandidateTrainer(
            task,
            (request, steps) -> {
              iterations.add(steps);
              return network(request, steps);
            },
            InstantSource.system());
    trainer.train(request(PROTOCOL, new Fidelity(2, 1), 1), EpochListener.NONE);
    trainer.train(request(PROTOCOL, new Fidelity(2, 0.25), 1), EpochListener.NONE);
    // 360 images are 12 batches of 32 at most, a quarter of them 3.
    assertThat(iterations).containsExactly(24, 6);
  }

  @Test
  void imagesPerSecondCountTheStepsAlone() {
    // Every look at the clock is a second later: a step's start and end, and an epoch's.
    long[] now = {0};
    InstantSource clock = () -> Instant.ofEpochSecond(now[0]++);
    TrainingReport report =
        new CandidateTrainer(task, CandidateTrainerTest::network, clock)
            .train(request(PROTOCOL, new Fidelity(2, 1), 1), EpochListener.NONE);
    assertThat(report.imagesPerSecond()).isEqualTo(360);
    assertThat(report.curve()).extracting(Epoch::seconds).containsExactly(2.0, 2.0);
    assertThat(report.seconds()).isEqualTo(7);
  }

  @Test
  void aLossThatIsNoNumberEndsTheTraining() {
    TrainingProtocol wild = new TrainingProtocol(32, 1e30, 0, 0.9, 0, 5, Augmentation.NONE);
    TrainingReport report = train(wild, new Fidelity(3, 1), 1);
    Failure failure = report.failure().orElseThrow();
    assertThat(failure.kind()).isEqualTo(Failure.Kind.DIVERGED);
    assertThat(failure.reason())
        .matches(
            "The loss is no longer a number \\(epoch=1, step=\\d, loss=NaN, learning-rate=.*E(29|30)\\)");
    assertThat(report.scores()).isEqualTo(Scores.NONE);
    assertThat(report.curve()).isEmpty();
  }

  @Test
  void aLackOfMemoryIsAFailureOfTheCandidate() {
    TrainingReport report =
        new CandidateTrainer(
                task,
                (request, steps) -> {
                  throw new OutOfMemoryError("none left");
                },
                InstantSource.system())
            .train(request(PROTOCOL, new Fidelity(1, 1), 1), EpochListener.NONE);
    assertThat(report.failure())
        .hasValue(
            new Failure(
                Failure.Kind.OUT_OF_MEMORY,
                "The training needed more memory than its process may take, after 0 epochs (none"
                    + " left)"));
  }

  @Test
  void aBatchLargerThanTheDataIsRefused() {
    assertThatThrownBy(() -> train(PROTOCOL, new Fidelity(1, 0.05), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot train: the batch is larger than the training data (batch-size=32, images=18,"
                + " data-fraction=0.05); set batch-size to at most 18, or use more data");
  }

  private TrainingReport train(TrainingProtocol protocol, Fidelity fidelity, long seed) {
    return trainer().train(request(protocol, fidelity, seed), EpochListener.NONE);
  }

  private CandidateTrainer trainer() {
    return new CandidateTrainer(task, CandidateTrainerTest::network, InstantSource.system());
  }

  private static TrainingRequest request(TrainingProtocol protocol, Fidelity fidelity, long seed) {
    return new TrainingRequest(
        new EdgeCell(2, List.of("nor_conv_3x3")),
        new NetworkSettings(4, 1),
        protocol,
        fidelity,
        seed);
  }

  private static Network network(TrainingRequest request, int steps) {
    TrainingProtocol protocol = request.protocol();
    ComputationGraph graph =
        new ComputationGraph(
            new NeuralNetConfiguration.Builder()
                .seed(request.seed())
                .updater(
                    new Nesterovs(
                        new ExponentialSchedule(
                            ScheduleType.ITERATION, protocol.learningRate(), 0.99),
                        0.9))
                .graphBuilder()
                .addInputs("in")
                .setInputTypes(InputType.convolutional(8, 8, 1, CNN2DFormat.NHWC))
                .addLayer(
                    "hidden",
                    new DenseLayer.Builder().nOut(16).activation(Activation.RELU).build(),
                    "in")
                .addLayer(
                    "out",
                    new OutputLayer.Builder(LossFunction.MCXENT)
                        .nOut(10)
                        .activation(Activation.SOFTMAX)
                        .build(),
                    "hidden")
                .setOutputs("out")
                .build());
    graph.init();
    return new Network(graph, graph.numParams(), 17);
  }

  private static List<Double> losses(TrainingReport report) {
    return report.curve().stream().map(Epoch::trainingLoss).toList();
  }
}
