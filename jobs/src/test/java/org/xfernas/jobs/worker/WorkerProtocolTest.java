package org.xfernas.jobs.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.models.training.TrainingReport;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.BlockCells.Block;
import org.xfernas.search.space.BlockCells.Branch;
import org.xfernas.search.space.BlockCells.Cell;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

class WorkerProtocolTest {

  static List<WorkerMessage> messages() {
    Epoch epoch = new Epoch(1, Double.NaN, 12.5, 0.025, 3.5);
    return List.of(
        new WorkerMessage.Ready(Map.of("nd4j", "1.0.0")),
        new WorkerMessage.Prepared(),
        new WorkerMessage.EpochDone(epoch),
        new WorkerMessage.Unfit("no images"),
        new WorkerMessage.TrialDone(
            TrainingReport.failed(
                new Failure(Failure.Kind.DIVERGED, "loss NaN\nin two \"lines\""),
                List.of(epoch),
                4)),
        new WorkerMessage.TrialDone(
            new TrainingReport(
                Optional.empty(),
                new Scores(OptionalDouble.of(90.5), OptionalDouble.of(89), Map.of("loss", 0.3)),
                List.of(epoch),
                new Size(OptionalLong.of(Long.MAX_VALUE), OptionalLong.empty()),
                4.25,
                1234.5)));
  }

  @ParameterizedTest
  @MethodSource("messages")
  void aMessageIsOneLineThatReadsBackEqual(WorkerMessage message) {
    String line = WorkerProtocol.write(message);
    assertThat(line).doesNotContain("\n");
    assertThat(WorkerProtocol.read(line, WorkerMessage.class)).isEqualTo(message);
  }

  static List<Architecture> architectures() {
    Cell cell =
        new Cell(
            List.of(new Block(new Branch(0, "identity"), new Branch(1, "conv_3x3"))), List.of(2));
    return List.of(
        new EdgeCell(2, List.of("conv_3x3")), new BlockCells(cell, cell, OutputRule.ALL));
  }

  @ParameterizedTest
  @MethodSource("architectures")
  void aRequestIsOneLineThatReadsBackEqual(Architecture architecture) {
    TrialRequest request = new TrialRequest(3, architecture, -7, "{\n \"a\": \"ä\"}");
    String line = WorkerProtocol.write(request);
    assertThat(line).doesNotContain("\n");
    assertThat(WorkerProtocol.read(line, TrialRequest.class)).isEqualTo(request);
  }

  @Test
  void aLineThatHoldsNoMessageIsQuoted() {
    assertThatThrownBy(() -> WorkerProtocol.read("{\"type\":\"?\"}", WorkerMessage.class))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot read a WorkerMessage")
        .hasMessageContaining("(line={\"type\":\"?\"})");
  }
}
