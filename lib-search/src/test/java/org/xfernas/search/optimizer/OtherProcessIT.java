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
import org.xfernas.search.trial.SourceKnowledge;

/** Every optimizer suggests the same in another process, whose hash orders are different. */
class OtherProcessIT {

  /** The program of the other process. */
  public static void main(String[] arguments) {
    searches().forEach(System.out::println);
  }

  private static List<String> searches() {
    SearchSpace space = OptimizerContractTest.NAS_BENCH_201;
    Seed seed = new Seed(3);
    SourceKnowledge sources =
        TestSources.two(space, 30, one -> OptimizerContractTest.score(space, one));
    List<Optimizer> optimizers =
        List.of(
            new RandomSearch(space, Deduplication.NONE, seed),
            new RegularizedEvolution(
                space,
                Screen.NONE,
                new RegularizedEvolution.Settings(10, 3),
                Deduplication.ID,
                seed),
            new LocalSearch(space, Screen.NONE, Deduplication.TEXT, seed),
            new ReplayEvolution(
                space, sources, new RegularizedEvolution.Settings(10, 3), Deduplication.ID, seed));
    List<String> texts = new ArrayList<>();
    for (Optimizer optimizer : optimizers) {
      texts.addAll(
          new AsynchronousSearch(space, OptimizerContractTest.landscape(space))
              .run(optimizer, 4, 100)
              .texts());
    }
    return texts;
  }

  @Test
  void suggestsTheSame() throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
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
    assertThat(lines).hasSize(400).isEqualTo(searches());
  }
}
