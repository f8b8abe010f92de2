package org.xfernas.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.junit.jupiter.api.Test;
import org.xfernas.models.layer.PlannedVertex;
import org.xfernas.search.Seed;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.EdgeCellSpace;

/** Sizes of all networks of NAS-Bench-201 against its table, where that is there. */
class NasBench201SizesTest {
  private static final Path TABLE = Path.of("..", "..", "shared", "data", "nasbench201.csv.gz");
  private static final NetworkSettings SETTINGS = new NetworkSettings(16, 5);
  private static final ImageShape CIFAR = new ImageShape(32, 32, 3);
  private static final EdgeCellSpace SPACE =
      new EdgeCellSpace(
          4, List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));

  @Test
  void parametersAndFlopsAreThoseOfTheTable() throws IOException {
    assumeTrue(Files.exists(TABLE), "needs " + TABLE);
    int rows = 0;
    try (CSVParser table =
        CSVFormat.DEFAULT
            .builder()
            .setHeader()
            .setSkipHeaderRecord(true)
            .build()
            .parse(
                new InputStreamReader(
                    new GZIPInputStream(Files.newInputStream(TABLE)), StandardCharsets.UTF_8))) {
      for (CSVRecord row : table) {
        EdgeCell cell = SPACE.parse(row.get("arch"));
        CandidateNetwork network = CandidateNetwork.of(cell, SETTINGS, CIFAR, 10);
        assertThat(network.parameters())
            .as(row.get("arch"))
            .isEqualTo(Long.parseLong(row.get("c10_params")));
        assertThat(network.flops())
            .as(row.get("arch"))
            .isEqualTo(Long.parseLong(row.get("c10_flops")));
        rows++;
      }
    }
    assertThat(rows).isEqualTo(15_625);
  }

  /** The table's network at index 0, which has 129,306 parameters. */
  @Test
  void theBuiltGraphHasTheParametersOfTheFormula() {
    EdgeCell cell =
        SPACE.parse(
            "|avg_pool_3x3~0|+|nor_conv_1x1~0|skip_connect~1|"
                + "+|nor_conv_1x1~0|skip_connect~1|skip_connect~2|");
    CandidateNetwork network = CandidateNetwork.of(cell, SETTINGS, CIFAR, 10);
    assertThat(network.parameters()).isEqualTo(129_306);
    assertThat(network.flops()).isEqualTo(15_647_370);
    ComputationGraph graph = network.build(new Optimization(0.1, 0, 1, 0.9, 0, 0), new Seed(1));
    long trainable =
        PlannedVertex.of(graph).stream()
            .filter(vertex -> vertex.paramTable(false).containsKey("trainable"))
            .mapToLong(vertex -> vertex.paramTable(false).get("trainable").length())
            .sum();
    assertThat(trainable + graph.getLayer("classes").numParams()).isEqualTo(129_306);
    CandidateNetwork.close(graph);
  }
}
