package org.xfernas.models.training;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.models.dataset.DataFiles;
import org.xfernas.models.dataset.DataFormat;
import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.models.network.CandidateNetwork;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.search.Seed;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Scores;

class CandidateTrainerTest {
  private static final EdgeCell CELL = new EdgeCell(2, List.of("nor_conv_3x3"));
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
    TrainingReport report =
        new CandidateTrainer(task, InstantSource.system())
            .train(request(PROTOCOL, new Fidelity(6, 1), 1), heard::add);

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
    CandidateNetwork network =
        CandidateNetwork.of(CELL, new NetworkSettings(4, 1), task.shape(), task.classes());
    assertThat(report.size().parameters()).hasValue(network.parameters());
    assertThat(report.size().flops()).hasValue(network.flops());
  }

  /**
   * A quarter of 360 images is 3 steps, the last one smaller: step 3 e - 1 is epoch e's last of 9.
   */
  @Test
  void theLearningRateFollowsOneCosine() {
    TrainingReport report = train(PROTOCOL, new Fidelity(3, 0.25), 1);
    for (Epoch epoch : report.curve()) {
      double expected = 0.05 * (1 + Math.cos(Math.PI * (3 * epoch.epoch() - 1) / 9)) / 2;
      assertThat(epoch.learningRate()).isCloseTo(expected, within(1e-6));
    }
  }

  @Test
  void equalSeedsGiveEqualResults() {
    TrainingProtocol varied = new TrainingProtocol(32, 0.05, 0, 0.9, 5e-4, 5, Augmentation.CROP);
    assertThat(losses(train(varied, new Fidelity(2, 0.25), 7)))
        .isEqualTo(losses(train(varied, new Fidelity(2, 0.25), 7)))
        .isNotEqualTo(losses(train(varied, new Fidelity(2, 0.25), 8)));
  }

  @Test
  void secondsAreThoseOfTheClock() {
    TrainingReport report = trainWithTickingClock(new Fidelity(2, 1));
    assertThat(report.imagesPerSecond()).isEqualTo(360);
    assertThat(report.curve()).extracting(Epoch::seconds).containsExactly(2.0, 2.0);
    assertThat(report.seconds()).isEqualTo(7);
  }

  @Test
  void aDataFractionTrainsOnFewerImages() {
    assertThat(trainWithTickingClock(new Fidelity(2, 0.25)).imagesPerSecond()).isEqualTo(90);
  }

  /** With a clock that is a second later at every look, an epoch's steps take one second. */
  private TrainingReport trainWithTickingClock(Fidelity fidelity) {
    AtomicLong now = new AtomicLong();
    InstantSource clock = () -> Instant.ofEpochSecond(now.getAndIncrement());
    return new CandidateTrainer(task, clock)
        .train(request(PROTOCOL, fidelity, 1), EpochListener.NONE);
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
    EpochListener lacking =
        epoch -> {
          throw new OutOfMemoryError("none left");
        };
    TrainingReport report =
        new CandidateTrainer(task, InstantSource.system())
            .train(request(PROTOCOL, new Fidelity(3, 1), 1), lacking);
    assertThat(report.failure())
        .hasValue(
            new Failure(
                Failure.Kind.OUT_OF_MEMORY,
                "The training needed more memory than its process may take, after 1 epochs (none"
                    + " left)"));
  }

  @Test
  void anOperationThatNoBuilderKnowsIsAFailureOfTheCandidate() {
    TrainingRequest unknown =
        new TrainingRequest(
            new EdgeCell(2, List.of("conv_9x9")),
            new NetworkSettings(4, 1),
            PROTOCOL,
            new Fidelity(1, 1),
            1);
    TrainingReport report =
        new CandidateTrainer(task, InstantSource.system()).train(unknown, EpochListener.NONE);
    assertThat(report.failure().orElseThrow().kind()).isEqualTo(Failure.Kind.INVALID);
    assertThat(report.failure().orElseThrow().reason()).contains("conv_9x9");
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
    return new CandidateTrainer(task, InstantSource.system())
        .train(request(protocol, fidelity, seed), EpochListener.NONE);
  }

  private static TrainingRequest request(TrainingProtocol protocol, Fidelity fidelity, long seed) {
    return new TrainingRequest(CELL, new NetworkSettings(4, 1), protocol, fidelity, seed);
  }

  private static List<Double> losses(TrainingReport report) {
    return report.curve().stream().map(Epoch::trainingLoss).toList();
  }
}
