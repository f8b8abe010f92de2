package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.CsvTable;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.Operations;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.nao.NaoModel;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/** What NAO's surrogate learns with the settings of searches. */
@Tag("acceptance")
class NaoLearningTest {
  private static final Path PATH = Path.of("../../shared/data/nasbench201.csv.gz");
  private static final SearchSpace EDGES = new EdgeCellSpace(4, Operations.NAS_BENCH_201);
  private static final SearchSpace BLOCKS =
      new BlockCellSpace(
          5,
          List.of("identity", "sep_conv_3x3", "sep_conv_5x5", "avg_pool_3x3", "max_pool_3x3"),
          OutputRule.UNUSED);
  private static final int LEARNT = 300;
  private static final int HELD_OUT = 1_000;

  /** On NAS-Bench-201's 200 epochs; the goal is 0.75. */
  @ParameterizedTest
  @ValueSource(strings = {"c10_val200_mean", "c100_val200_seed1", "in16_val200_seed1"})
  void ranksPairsOfArchitecturesThatItHasNotSeen(String metric) throws IOException {
    assumeTrue(Files.exists(PATH), "needs " + PATH);
    ArchitectureTable table = CsvTable.read(PATH, "arch", List.of(metric));
    List<Observation> drawn =
        TestSources.drawn(
                metric,
                EDGES,
                table.architectures(),
                table.column(metric),
                LEARNT + HELD_OUT,
                new Seed(1))
            .history()
            .observations();
    List<Observation> heldOut = drawn.subList(LEARNT, drawn.size());

    List<Prediction> predictions =
        new NetworkTrainer(EDGES, new KnowledgeCache())
            .fit(SourceKnowledge.EMPTY, new TrialHistory(drawn.subList(0, LEARNT)), new Seed(2))
            .predict(heldOut.stream().map(Observation::architecture).toList());

    int pairs = 0;
    int right = 0;
    for (int one = 0; one < heldOut.size(); one++) {
      for (int other = 0; other < one; other++) {
        double difference =
            heldOut.get(one).score().getAsDouble() - heldOut.get(other).score().getAsDouble();
        double expected = predictions.get(one).mean() - predictions.get(other).mean();
        pairs += difference == 0 ? 0 : 1;
        right += difference * expected > 0 ? 1 : 0;
      }
    }
    assertThat((double) right / pairs).as("pairwise accuracy").isGreaterThanOrEqualTo(0.75);
  }

  static List<SearchSpace> spaces() {
    return List.of(EDGES, BLOCKS);
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void reconstructsAndDecodesArchitecturesOfTheSpace(SearchSpace space) {
    NaoModel model =
        NaoModel.ofSpace(space, NetworkTrainer.Settings.DEFAULT.spaceUpdates(), new Seed(3));
    RandomGenerator random = new Seed(9).generator();
    List<Architecture> draws = Stream.generate(() -> space.sample(random)).limit(200).toList();

    assertThat(model.reconstruction(draws)).isGreaterThanOrEqualTo(0.95);
    assertThat(model.ascended(draws, 10))
        .hasSize(draws.size())
        .allSatisfy(one -> assertThat(space.decode(space.encode(one))).isEqualTo(one));
  }
}
