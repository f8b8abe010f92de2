package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.exchange.ImportJob;
import org.xfernas.jobs.report.Browser;
import org.xfernas.search.evaluator.ArchitectureTable;

/** Sweeps over trials that were imported, in the place of a table file. */
class HistorySweepIT {
  private static final String SPACE =
      "\"{\"\"type\"\":\"\"edge-cell\"\",\"\"nodes\"\":3,\"\"operations\"\":[\"\"conv\"\",\"\"pool\"\",\"\"zero\"\"]}\"";

  private static final String BACKTEST =
      "xfernas.ablation { kind = backtest, space = null, grid { optimizer = [bayesian], source-points = [20], seeds = 2 }, budget.evaluations = 15 }";

  @TempDir Path directory;

  @Test
  void predictionsAreJudgedOnWhatEachTaskHasLeft() throws Exception {
    importTrials("near", "near_val", 27);
    importTrials("up", "up_full", 27);
    importTrials("few", "near_full", 10);
    Outcome sweep = Outcome.of(config(), "local[2]");
    assertThat(sweep.rows())
        .extracting(row -> row.get("task") + " " + row.get("target_points"))
        .containsOnly("near 0", "near 5", "up 0", "up 5");
    assertThat(sweep.err())
        .contains("the tasks are those of the table of trials as of snapshot")
        .contains("task few is a source only: cannot fit to 0 points of few")
        .contains("task near has results for 5 points of the target: cells with more are left out");

    JsonNode summary = new ObjectMapper().readTree(sweep.result().summary().toFile());
    long snapshot = summary.get("trials_snapshot").asLong();
    importTrials("later", "near_full", 27);
    Outcome again = Outcome.of(config("xfernas.ablation.table.snapshot = " + snapshot), "local[2]");
    assertThat(again.err()).contains("8 cells, 8 of them done before");
    assertThat(again.rows()).isNotEmpty();
  }

  @Test
  void aBacktestSaysWhetherSourcesWouldHavePaid() throws Exception {
    importTrials("near", "near_val", 12);
    importTrials("up", "up_full", 27);
    importTrials("few", "near_full", 5);
    Outcome backtest = Outcome.of(config(BACKTEST), "local[2]");
    assertThat(backtest.result().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(backtest.err())
        .containsPattern("the space is that of most trials: \\{.*edge-cell")
        .contains(
            "task few is a source only: cannot search among 5 results, at least 10 are needed");
    assertThat(backtest.rows())
        .hasSize((12 + 15) * 3 * 2 * 2)
        .allSatisfy(row -> assertThat(row.get("validation_accuracy")).isNotEmpty())
        .allSatisfy(row -> assertThat(row.get("test_accuracy")).isEmpty())
        .extracting(row -> row.get("task") + " " + row.get("guard_case"))
        .containsOnly(
            "near none", "near only up", "near only few", "up none", "up only near", "up only few");
    assertThat(backtest.rows())
        .filteredOn(row -> row.get("task").equals("near") && row.get("evaluation").equals("12"))
        .as("all that has a result is tried in the end")
        .allSatisfy(row -> assertThat(Double.parseDouble(row.get("regret"))).isZero());

    JsonNode summary = new ObjectMapper().readTree(backtest.result().summary().toFile());
    assertThat(summary.get("trials_snapshot").asLong()).isPositive();
    List<CSVRecord> gains = Outcome.csv(backtest.result().summary().resolveSibling("backtest.csv"));
    assertThat(summary.get("gains")).hasSameSizeAs(gains);
    assertThat(gains)
        .extracting(row -> row.get("task") + " " + row.get("evaluations"))
        .containsOnly(
            "near 1", "near 5", "near 10", "up 1", "up 5", "up 10", "up 15", "mean 1", "mean 5",
            "mean 10");
    for (CSVRecord gain : gains) {
      assertThat(number(gain, "gain"))
          .isCloseTo(number(gain, "plain_regret") - number(gain, "regret"), within(1e-9))
          .isBetween(number(gain, "low"), number(gain, "high"));
    }
    assertThat(gains)
        .filteredOn(row -> row.get("evaluations").equals("1") && row.get("sources").equals("up"))
        .as("a good source pays at the first evaluation")
        .singleElement()
        .satisfies(row -> assertThat(number(row, "gain")).isPositive());
    assertThat(backtest.out())
        .contains(
            "bayesian with transfer default on near, by all sources, at most 20 results each: ")
        .contains("bayesian with transfer default on near, by up alone, at most 20 results each: ");

    assertThat(Outcome.of(config(BACKTEST), "local[2]").err())
        .contains("24 cells, 24 of them done before");
    assertDrawn(backtest);
  }

  /** A browser draws a line of the arm with sources and one of that without on each task. */
  private void assertDrawn(Outcome backtest) throws Exception {
    Optional<Path> chromium = Browser.chromium();
    if (chromium.isEmpty()) {
      return;
    }
    try (Browser browser = Browser.open(chromium.get(), backtest.report(), directory)) {
      assertThat(
              browser
                  .evaluate(
                      "[0, 1, 2].map(task => document.querySelectorAll(`#task${task} .mark-line.role-mark path`).length).join(' ')")
                  .asText())
          .isEqualTo("2 2 2");
      assertThat(browser.evaluate("choices.elements.guard.value").asText())
          .isEqualTo("all sources");
      browser.evaluate(
          """
          choices.elements.arm.value = 'bayesian, transfer default';
          choices.dispatchEvent(new Event('change'));
          """);
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('output')].map(left => left.textContent)")
                  .get(0)
                  .asText())
          .matches("(\\d+) of \\1 rows");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static double number(CSVRecord row, String column) {
    return Double.parseDouble(row.get(column));
  }

  @Test
  void aHistoryOfLessThanTwoTasksIsRefused() throws Exception {
    for (String kind : List.of("xfernas.ablation.kind = prediction", BACKTEST)) {
      assertThatThrownBy(() -> Outcome.of(config(kind), "local[2]"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("xfernas.ablation.table: the table of trials is empty; search on");
    }
    importTrials("near", "near_val", 27);
    assertThatThrownBy(() -> Outcome.of(config(), "local[2]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the table of trials has 1 tasks that the space can learn from")
        .hasMessageContaining("submit.sh import");
  }

  @Test
  void targetsThatNoSweepCanHaveAreRefused() throws Exception {
    importTrials("near", "near_val", 27);
    importTrials("mean", "up_full", 27);
    assertThatThrownBy(() -> Outcome.of(config(), "local[2]"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "xfernas.ablation.tasks: no task can be called mean; give it another name, or name the others in grid.target");
    assertThatThrownBy(() -> Outcome.of(config("xfernas.ablation.grid.target = []"), "local[2]"))
        .isInstanceOf(UsageException.class)
        .hasMessage("xfernas.ablation.grid.target: must name at least one of mean, near");
    assertThat(Outcome.of(config("xfernas.ablation.grid.target = [near]"), "local[2]").rows())
        .as("as a source it may be called so")
        .extracting(row -> row.get("task"))
        .containsOnly("near");
  }

  private void importTrials(String task, String column, int rows) throws IOException {
    ArchitectureTable table = new SweepFixture().table();
    StringBuilder csv = new StringBuilder("task,space,architecture,validation_accuracy\n");
    for (int row = 0; row < rows; row++) {
      csv.append("%s,%s,".formatted(task, SPACE))
          .append(table.architectures().get(row))
          .append(",%s\n".formatted(table.column(column)[row]));
    }
    Path file = Files.writeString(directory.resolve(task + ".csv"), csv);
    new ImportJob()
        .run(
            new JobContext(
                List.of(file.toString()),
                config(),
                Optional.of("local[1]"),
                System.out,
                System.err,
                Clock.systemUTC()));
  }

  private Config config(String... others) {
    Config config =
        ConfigFactory.parseString(
            """
            xfernas.output = "%1$s/runs"
            xfernas.tables.warehouse = "%1$s/warehouse"
            xfernas.ablation {
              kind = prediction
              space { type = edge-cell, nodes = 3, operations = [conv, pool, zero] }
              grid { transfer = [none, default], source-points = [10], target-points = [0, 5, 20], seeds = 1 }
              output = "%1$s/sweep"
            }
            """
                .formatted(directory));
    for (String other : others) {
      config = ConfigFactory.parseString(other).withFallback(config);
    }
    return config.withFallback(ConfigFactory.defaultReference()).resolve();
  }
}
