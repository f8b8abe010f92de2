package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.Browser;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.Warehouse;

/** Sweeps over predictions of a table of 27 architectures, on two task slots. */
class PredictionSweepIT {
  private static final String PREDICTION =
      """
      xfernas.ablation {
        kind = prediction
        grid {
          surrogate = [process, mlp-ensemble], transfer = [none, default]
          source-points = [0, 12], target-points = [6, 0], seeds = 3
        }
      }
      """;

  @TempDir static Path directory;
  private static Outcome sweep;

  @BeforeAll
  static void sweepOnce() throws Exception {
    new SweepFixture().write(directory.resolve("table.csv"));
    sweep = run();
  }

  private static Config config(String... others) {
    String[] all = new String[others.length + 1];
    all[0] = PREDICTION;
    System.arraycopy(others, 0, all, 1, others.length);
    return SweepFixture.config(directory, all);
  }

  private static Outcome run(String... others) throws Exception {
    return Outcome.of(config(others), "local[2]");
  }

  private static List<CSVRecord> rows(
      String surrogate, String transfer, int sourcePoints, int targetPoints) {
    return sweep.rows().stream()
        .filter(row -> row.get("surrogate").equals(surrogate))
        .filter(row -> row.get("transfer").equals(transfer))
        .filter(row -> row.get("source_points").equals(Integer.toString(sourcePoints)))
        .filter(row -> row.get("target_points").equals(Integer.toString(targetPoints)))
        .toList();
  }

  private static double mean(List<CSVRecord> rows, String column) {
    return rows.stream()
        .mapToDouble(row -> Double.parseDouble(row.get(column)))
        .average()
        .orElseThrow();
  }

  @Test
  void everyCellAndSeedIsARow() throws IOException {
    assertThat(sweep.result().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readAllLines(directory.resolve("sweep/prediction.csv")).get(0))
        .isEqualTo(
            "sweep_id,surrogate,transfer,task,source_points,target_points,seed,pearson,spearman,kendall,spearman_top_tenth,regret_of_best,fit_seconds");
    assertThat(sweep.rows()).hasSize(3 * 3 * 2 * 2 * 3);
    assertThat(rows("process", "default", 12, 0))
        .extracting(row -> row.get("task") + row.get("seed"))
        .containsExactly("down1", "near1", "up1", "down2", "near2", "up2", "down3", "near3", "up3");
    assertThat(sweep.err()).contains("there is no mlp-ensemble with transfer default");
  }

  @Test
  void sourcesTellWhatTheTargetHasNoResultsOf() {
    assertThat(mean(rows("process", "default", 12, 0), "spearman")).isGreaterThan(0.8);
    assertThat(mean(rows("process", "default", 12, 0), "regret_of_best")).isLessThan(30);
  }

  @Test
  void withoutAnyDataThereIsNoCorrelation() {
    for (CSVRecord row : rows("process", "none", 12, 0)) {
      assertThat(row.get("pearson")).isEmpty();
      assertThat(row.get("spearman")).isEmpty();
      assertThat(row.get("kendall")).isEmpty();
      assertThat(row.get("spearman_top_tenth")).isEmpty();
      assertThat(Double.parseDouble(row.get("regret_of_best"))).isPositive();
    }
  }

  @Test
  void withoutSourcesASurrogateIsThePlainOne() {
    List<String> plain = spearman(rows("process", "none", 12, 6));
    assertThat(spearman(rows("process", "none", 0, 6))).isEqualTo(plain).doesNotContain("");
    assertThat(spearman(rows("process", "default", 0, 6))).isEqualTo(plain);
    assertThat(spearman(rows("process", "default", 12, 6))).isNotEqualTo(plain);
  }

  private static List<String> spearman(List<CSVRecord> rows) {
    return rows.stream().map(row -> row.get("spearman")).toList();
  }

  @Test
  void theSummaryHasTheCurvesTheVerdictsAndTheClaims() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(sweep.result().summary().toFile());
    assertThat(summary.get("job").asText()).isEqualTo("ablation");
    assertThat(summary.get("cells").asInt()).isEqualTo(108);
    Map<String, JsonNode> curves =
        summary.get("curves").findParents("largest_drop").stream()
            .collect(
                Collectors.toMap(
                    curve ->
                        "%s %s %s %s"
                            .formatted(
                                curve.get("surrogate").asText(),
                                curve.get("transfer").asText(),
                                curve.get("source_points").asText(),
                                curve.get("task").asText()),
                    curve -> curve));
    JsonNode first = curves.get("process default 12 mean").get("points").get(0);
    assertThat(first.get("target_points").asInt()).isZero();
    assertThat(first.get("measures").get("spearman").get("mean").asDouble())
        .isCloseTo(mean(rows("process", "default", 12, 0), "spearman"), within(1e-9));
    assertThat(summary.get("claims").findValuesAsText("measure"))
        .contains("spearman", "regret_of_best");
    assertThat(summary.get("claims").get(0).get("cells").asInt()).isEqualTo(3 * 2);
    assertThat(summary.get("comparisons")).hasSize(2 * (3 + 1) * 2);
    assertThat(Outcome.csv(directory.resolve("sweep/comparisons.csv"))).hasSize(2 * (3 + 1) * 2);
    assertThat(sweep.out())
        .contains("Spearman correlation of prediction and truth")
        .contains("\"in the worst case just as good as without sources\"");
  }

  @Test
  void aSweepGoesOnWithWhatIsMissingAndGivesTheSame() throws Exception {
    assertThat(run().err()).contains("108 cells, 108 of them done before");

    String id = sweep.rows().get(0).get("sweep_id");
    try (Warehouse warehouse =
        Warehouse.open(Settings.read(config(), AblationSections.class).tables())) {
      SweepsTable table = new SweepsTable(warehouse);
      List<SweepsTable.Row> all = table.read(id);
      assertThat(all).hasSize(108);
      table.delete(id);
      table.append(id, all.stream().filter(row -> row.cell().seed() != 2).toList());
    }
    Outcome resumed = run();
    assertThat(resumed.err()).contains("108 cells, 72 of them done before");
    assertThat(resumed.untimed()).isEqualTo(sweep.untimed());
  }

  @Test
  void sourcesThatMisleadAreCompared() throws Exception {
    Outcome flipped =
        run(
            """
            xfernas.ablation {
              output = "%s/flipped"
              grid { surrogate = [process], guard-case = [flipped], source-points = [12], target-points = [0], seeds = 8 }
            }
            """
                .formatted(directory));
    JsonNode claim =
        new ObjectMapper().readTree(flipped.result().summary().toFile()).get("claims").get(0);
    assertThat(claim.get("state").asText()).isEqualTo("refuted");
    assertThat(flipped.out()).contains("is refuted");
  }

  @Test
  void aBrowserDrawsCurvesAndHeatMaps() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");

    try (Browser browser = Browser.open(chromium.get(), sweep.report(), directory)) {
      // Two surrogates without sources, and one of them with.
      assertThat(count(browser, "#task3 .mark-line path")).isEqualTo(3);
      // Points of the sources: none and 12; of the target: 0 and 6; without any, all is alike.
      assertThat(count(browser, "#map0 .mark-text.role-mark text")).isEqualTo(3);
      browser.evaluate(
          """
          { const measure = document.querySelector('#choices [name=measure]');
            measure.value = 'regret_of_best';
            measure.dispatchEvent(new Event('change', { bubbles: true })); }
          """);
      await()
          .until(
              () ->
                  browser
                      .evaluate("document.getElementById('task3').textContent")
                      .asText()
                      .contains("regret of best"));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static int count(Browser browser, String selector) {
    return browser.evaluate("document.querySelectorAll('%s').length".formatted(selector)).asInt();
  }
}
