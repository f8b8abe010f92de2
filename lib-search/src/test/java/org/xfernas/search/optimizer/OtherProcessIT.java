package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.optimizer.OptimizerContractTest.AsynchronousSearch;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.NetworkTrainer;
import org.xfernas.search.trial.SourceKnowledge;

/** Every optimizer suggests the same in another process, whose hash orders are different. */
class OtherProcessIT {
  private static final int PROPOSALS = 25;

  /** The program of the other process. */
  public static void main(String[] arguments) {
    searches().forEach(System.out::println);
  }

  private static List<String> searches() {
    SearchSpace space = OptimizerContractTest.NAS_BENCH_201;
    Seed seed = new Seed(3);
    SourceKnowledge sources =
        TestSources.two(space, 30, one -> OptimizerContractTest.score(space, one));
    List<String> texts = new ArrayList<>();
    for (OptimizerType type : OptimizerType.values()) {
      for (SourceKnowledge knowledge : List.of(SourceKnowledge.EMPTY, sources)) {
        texts.addAll(
            new AsynchronousSearch(space, OptimizerContractTest.landscape(space))
                .run(optimizer(type, space, knowledge, seed), 4, PROPOSALS)
                .texts());
      }
    }
    return texts;
  }

  /** NAO trains for a short time only. */
  private static Optimizer optimizer(
      OptimizerType type, SearchSpace space, SourceKnowledge knowledge, Seed seed) {
    return type == OptimizerType.NAO
        ? new Nao(
            space,
            new NetworkTrainer(
                space, new KnowledgeCache(), new NetworkTrainer.Settings(2, 20, 10, 10)),
            knowledge,
            Deduplication.TEXT,
            seed)
        : Optimizers.of(
            new OptimizerSettings(type, Transfer.DEFAULT, 10, 3),
            space,
            knowledge,
            Deduplication.TEXT,
            seed);
  }

  @Test
  void suggestsTheSame() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules=jdk.incubator.vector",
                "-cp",
                System.getProperty("java.class.path"),
                OtherProcessIT.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    List<String> lines =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
            .lines()
            .toList();

    assertThat(process.waitFor()).isZero();
    assertThat(lines).hasSize(2 * OptimizerType.values().length * PROPOSALS).isEqualTo(searches());
  }
}
