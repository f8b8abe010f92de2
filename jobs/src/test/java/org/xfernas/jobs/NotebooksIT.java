package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.Script.Result;
import org.xfernas.jobs.report.Browser;

/** All notebooks on tables of shipped results; {@link ReadmeCommandsIT} executes one. */
@Tag("acceptance")
class NotebooksIT {
  private static final String PREDICTIONS =
      """
      xfernas.ablation {
        kind = prediction
        space {
          type = edge-cell, nodes = 4
          operations = [none, skip_connect, nor_conv_1x1, nor_conv_3x3, avg_pool_3x3]
        }
        grid { surrogate = [process], source-points = [0, 25], target-points = [0, 10], seeds = 2 }
      }
      """;

  @TempDir Path directory;

  @BeforeEach
  void requireJupyter() {
    assumeTrue(Script.isInstalled("jupyter-nbconvert"), "no Jupyter");
  }

  @Test
  void allAreExecutedAndTheirChartsDrawn() throws Exception {
    Path sources = Script.ROOT.resolve("data/quickstart-sources");
    submit(
        "import",
        sources.resolve("digits.parquet").toString(),
        sources.resolve("fashion-0-4.parquet").toString());
    submit(
        "ablation",
        "--conf",
        Files.writeString(directory.resolve("predictions.conf"), PREDICTIONS).toString());

    Result result = run();

    assertThat(result.exitCode()).as(result.toString()).isZero();
    List<Path> pages =
        result
            .out()
            .lines()
            .filter(line -> line.startsWith("report: "))
            .map(line -> directory.resolve(line.substring("report: ".length())))
            .toList();
    assertThat(pages).hasSize(3);
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    for (Path page : pages) {
      Path profile = Files.createTempDirectory(directory, "browser");
      try (Browser browser = Browser.open(chromium.get(), page, profile)) {
        assertThat(browser.evaluate("document.querySelectorAll('.chart svg').length").asInt())
            .as(page.toString())
            .isPositive();
        assertThat(browser.complaints()).as(page.toString()).isEmpty();
      }
    }
  }

  @Test
  void aCellThatFailsIsAFailure() throws Exception {
    Result result = run();

    assertThat(result.exitCode()).isEqualTo(1);
    assertThat(result.err()).contains("there are no tables yet");
  }

  private Result run() throws Exception {
    return new Script(
            List.of(Script.ROOT.resolve("notebooks/run.sh").toString()), directory, Map.of())
        .run();
  }

  private void submit(String... arguments) throws Exception {
    Result result = Script.submit(directory, arguments).run();
    assertThat(result.exitCode()).as(result.toString()).isZero();
  }
}
