package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.Main;
import org.xfernas.jobs.Script;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.Browser;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.evaluator.ArchitectureTable;

/** Sweeps over a table of 27 architectures, on two task slots. */
class SweepIT {
  @TempDir static Path directory;
  private static Outcome sweep;

  @BeforeAll
  static void sweepOnce() throws Exception {
    new SweepFixture().write(directory.resolve("table.csv"));
    sweep = run(SweepFixture.config(directory));
  }

  private static Outcome run(Config config) throws Exception {
    return Outcome.of(config, "local[2]");
  }

  private static List<CSVRecord> rows(String optimizer, String transfer, String task, int seed) {
    return sweep.rows().stream()
        .filter(row -> row.get("optimizer").equals(optimizer))
        .filter(row -> row.get("transfer").equals(transfer))
        .filter(row -> row.get("task").equals(task))
        .filter(row -> row.get("seed").equals(Integer.toString(seed)))
        .toList();
  }

  @Test
  void everyEvaluationIsARow() throws IOException {
    assertThat(sweep.result().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(Files.readAllLines(directory.resolve("sweep/ablation.csv")).get(0))
        .isEqualTo(
            "sweep_id,optimizer,transfer,task,guide,source_points,target_points,guard_case,seed,evaluation,validation_accuracy,test_accuracy,regret,optimizer_seconds");
    assertThat(sweep.rows()).hasSize(4 * 3 * 3 * 12);
    assertThat(rows("evolution", "default", "near", 2))
        .extracting(row -> row.get("evaluation"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    assertThat(sweep.rows())
        .allSatisfy(
            row -> {
              assertThat(row.get("source_points")).isEqualTo("12");
              assertThat(row.get("target_points")).isEmpty();
              assertThat(row.get("guard_case")).isEqualTo("none");
              assertThat(Double.parseDouble(row.get(Outcome.SECONDS))).isPositive();
            });
    assertThat(sweep.err()).contains("there is no random with transfer default");
  }

  @Test
  void theBestSoFarHasTheRegretThatTheTableGivesIt() {
    ArchitectureTable table = new SweepFixture().table();
    for (CSVRecord row : sweep.rows()) {
      if (row.get("regret").isEmpty()) {
        continue;
      }
      double[] column =
          Arrays.stream(table.column(row.get("guide"))).filter(Double::isFinite).sorted().toArray();
      boolean minimize = row.get("task").equals("down");
      double optimum = minimize ? column[0] : column[column.length - 1];
      double median = (column[(column.length - 1) / 2] + column[column.length / 2]) / 2;
      double best = Double.parseDouble(row.get("validation_accuracy"));
      assertThat(Double.parseDouble(row.get("regret")))
          .isCloseTo(100 * (optimum - best) / (optimum - median), within(1e-9))
          .isNotNegative();
    }
  }

  @Test
  void regretNeverRises() {
    for (String task : List.of("up", "near", "down")) {
      List<Double> regrets =
          rows("random", "none", task, 1).stream()
              .map(row -> row.get("regret"))
              .filter(regret -> !regret.isEmpty())
              .map(Double::valueOf)
              .toList();
      assertThat(regrets).isSortedAccordingTo((a, b) -> Double.compare(b, a)).isNotEmpty();
    }
  }

  @Test
  void theTestMetricIsThatOfTheBestAndEmptyWhereTheTableHasNone() {
    ArchitectureTable table = new SweepFixture().table();
    for (CSVRecord row : sweep.rows()) {
      if (row.get("task").equals("near")) {
        double best = Double.parseDouble(row.get("validation_accuracy"));
        double[] column = table.column("near_val");
        int at = 0;
        while (column[at] != best) {
          at++;
        }
        double test = table.column("near_test")[at];
        assertThat(row.get("test_accuracy")).isEqualTo(Double.isNaN(test) ? "" : "" + test);
      }
    }
  }

  @Test
  void armsOfASeedStartAlikeAndOtherSeedsOtherwise() {
    List<String> random = validation("random", "none", 1).subList(0, 4);
    assertThat(validation("evolution", "none", 1).subList(0, 4)).isEqualTo(random);
    assertThat(validation("random", "none", 2).subList(0, 4)).isNotEqualTo(random);
  }

  private static List<String> validation(String optimizer, String transfer, int seed) {
    return rows(optimizer, transfer, "near", seed).stream()
        .map(row -> row.get("validation_accuracy"))
        .toList();
  }

  /** The mean and the deviation, computed from the rows of the file. */
  @Test
  void theSummaryHasEveryArmsRegret() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(sweep.result().summary().toFile());
    assertThat(summary.get("job").asText()).isEqualTo("ablation");
    assertThat(summary.get("cells").asInt()).isEqualTo(36);
    assertThat(summary.get("arms")).hasSize(4 * 3);
    for (JsonNode arm : summary.get("arms")) {
      JsonNode at = arm.get("regret").get(3);
      assertThat(at.get("evaluations").asInt()).isEqualTo(12);
      double[] regrets =
          sweep.rows().stream()
              .filter(row -> row.get("optimizer").equals(arm.get("optimizer").asText()))
              .filter(row -> row.get("transfer").equals(arm.get("transfer").asText()))
              .filter(row -> row.get("task").equals(arm.get("task").asText()))
              .filter(row -> row.get("evaluation").equals("12"))
              .mapToDouble(row -> Double.parseDouble(row.get("regret")))
              .toArray();
      double mean = (regrets[0] + regrets[1] + regrets[2]) / 3;
      double squares = Arrays.stream(regrets).map(regret -> Math.pow(regret - mean, 2)).sum();
      assertThat(at.get("mean").asDouble()).isCloseTo(mean, within(1e-9));
      assertThat(at.get("standard_deviation").asDouble())
          .isCloseTo(Math.sqrt(squares / 2), within(1e-9));
    }
  }

  @Test
  void comparisonsAreWrittenAndPrinted() throws IOException {
    List<CSVRecord> comparisons = Outcome.csv(directory.resolve("sweep/comparisons.csv"));
    assertThat(comparisons)
        .extracting(row -> row.get("optimizer") + " against " + row.get("rival"))
        .containsOnly(
            "evolution against evolution", "evolution against replay", "evolution against random");
    assertThat(comparisons).extracting(row -> row.get("task")).contains("mean", "up");
    assertThat(sweep.out())
        .contains("regret of the guiding metric")
        .contains("with transfer against");
  }

  @Test
  void aFinishedSweepIsNotSearchedAgainAndARestartedOneIs() throws Exception {
    Outcome again = run(SweepFixture.config(directory));
    assertThat(again.err())
        .contains("36 cells, 36 of them done before")
        .doesNotContain("time left");
    assertThat(again.rows().toString()).isEqualTo(sweep.rows().toString());

    String other =
        "xfernas.ablation { output = \"%s/other\", grid { optimizer = [random], seeds = 2 } }"
            .formatted(directory);
    run(SweepFixture.config(directory, other));
    Outcome restarted =
        run(SweepFixture.config(directory, other, "xfernas.ablation.restart = true"));
    assertThat(restarted.err()).contains("6 cells, 0 of them done before");
    assertThat(restarted.rows()).hasSize(6 * 12);
  }

  @Test
  void controlsGoOnBeyondTheBudgetOutsideOfTheFile() throws Exception {
    Outcome controls =
        run(
            SweepFixture.config(
                directory,
                "xfernas.ablation { output = \"%s/controls\", grid { optimizer = [random, replay], seeds = 2 }, budget { evaluations = 3, controls = 9 } }"
                    .formatted(directory)));
    assertThat(controls.rows()).hasSize(2 * 3 * 2 * 3);
    String id = controls.rows().get(0).get("sweep_id");
    Config config = SweepFixture.config(directory);
    try (Warehouse warehouse = warehouse(config)) {
      assertThat(new SweepsTable(warehouse).read(id)).hasSize(3 * 2 * (9 + 3));
    }
  }

  @Test
  void guardCasesLeaveSearchesWithoutTransferAsTheyAre() throws Exception {
    Outcome guarded =
        run(
            SweepFixture.config(
                directory,
                "xfernas.ablation { output = \"%s/guard\", grid { optimizer = [random, replay], seeds = 2, guard-case = [none, flipped], adversarial = [0, 1] } }"
                    .formatted(directory)));
    Map<String, List<String>> byCase =
        guarded.rows().stream()
            .filter(row -> row.get("optimizer").equals("random"))
            .collect(
                Collectors.groupingBy(
                    row -> row.get("guard_case"),
                    Collectors.mapping(row -> row.get("regret"), Collectors.toList())));
    assertThat(byCase).hasSize(4);
    assertThat(byCase.get("flipped, adversarial=0.0"))
        .isEqualTo(byCase.get("adversarial=0.0"))
        .hasSize(3 * 2 * 12);
    double good = firstRegret(guarded, "adversarial=0.0");
    assertThat(firstRegret(guarded, "flipped, adversarial=0.0")).isGreaterThan(good);
    assertThat(firstRegret(guarded, "adversarial=1.0"))
        .as("all are flipped")
        .isEqualTo(firstRegret(guarded, "flipped, adversarial=0.0"));
    assertThat(firstRegret(guarded, "flipped, adversarial=1.0"))
        .as("flipped twice")
        .isEqualTo(good);
  }

  /** Mean regret of the first architecture that is replayed. */
  private static double firstRegret(Outcome outcome, String guardCase) {
    return outcome.rows().stream()
        .filter(row -> row.get("optimizer").equals("replay"))
        .filter(row -> row.get("guard_case").equals(guardCase))
        .filter(row -> row.get("evaluation").equals("1"))
        .mapToDouble(row -> Double.parseDouble(row.get("regret")))
        .average()
        .orElseThrow();
  }

  @Test
  void aKilledSweepGoesOnWithTheCellsThatAreMissing() throws Exception {
    String many =
        "xfernas.ablation { grid.seeds = 8, output = \"%s/undisturbed\" }".formatted(directory);
    Outcome undisturbed = run(SweepFixture.config(directory, many));

    Config config =
        SweepFixture.config(
            directory,
            many,
            "xfernas { tables.warehouse = \"%1$s/killed-warehouse\", ablation.output = \"%1$s/killed\" }"
                .formatted(directory));
    Process driver = start(config);
    String id = SweepId.of(config, OptionalLong.empty());
    try (Warehouse warehouse = warehouse(config)) {
      SweepsTable table = new SweepsTable(warehouse);
      await().atMost(Duration.ofMinutes(2)).until(() -> !table.read(id).isEmpty());
      driver.destroyForcibly().waitFor();
      assertThat(table.read(id).size()).isBetween(12, 12 * 12 * 8 - 1);
    }
    Outcome resumed = run(config);
    assertThat(resumed.err()).doesNotContain(" 0 of them done before");
    assertThat(resumed.untimed()).isEqualTo(undisturbed.untimed());
  }

  private static Warehouse warehouse(Config config) {
    return Warehouse.open(Settings.read(config, AblationSections.class).tables());
  }

  private static Process start(Config config) throws IOException {
    Path conf = directory.resolve("driver.conf");
    Config own =
        config
            .withOnlyPath("xfernas")
            .withValue("xfernas.output", ConfigValueFactory.fromAnyRef(directory + "/runs"));
    Files.writeString(conf, own.root().render(ConfigRenderOptions.concise()));
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx512m", "@" + Script.ROOT.resolve("conf/java-options")));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of("ablation", "--conf", conf.toString(), "--master", "local[2]"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("driver.txt").toFile())
        .start();
  }

  @Test
  void theReportHasACurveOfEveryArmOnEveryTargetAndTheirMean() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(sweep.result().summary().toFile());
    String page = Files.readString(Path.of(summary.get("report").asText()));
    String from = "<script type=\"application/json\" id=\"data\">";
    int start = page.indexOf(from) + from.length();
    JsonNode data =
        new ObjectMapper().readTree(page.substring(start, page.indexOf("</script>", start)));

    assertThat(data.get("curves")).hasSize(4 * (3 + 1));
    JsonNode curve = data.get("curves").get(0);
    assertThat(curve.get("points")).hasSize(12);
    JsonNode last = curve.get("points").get(11).get("measures").get("regret");
    JsonNode arm = summary.get("arms").get(0);
    assertThat(curve.get("task")).isEqualTo(arm.get("task"));
    JsonNode told = arm.get("regret").get(arm.get("regret").size() - 1);
    assertThat(last.get("mean")).isEqualTo(told.get("mean"));
    assertThat(last.get("standard_deviation")).isEqualTo(told.get("standard_deviation"));
  }

  @Test
  void aBrowserDrawsThemAndFiltersTheTables() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    try (Browser browser = Browser.open(chromium.get(), sweep.report(), directory)) {
      assertThat(
              browser
                  .evaluate(
                      "[0, 1, 2, 3].map(task => document.querySelectorAll(`#task${task} .mark-line.role-mark path`).length).join(' ')")
                  .asText())
          .isEqualTo("4 4 4 4");
      browser.evaluate(
          """
          choices.elements.task.value = 'near';
          choices.elements.arm.value = 'evolution, transfer default';
          choices.dispatchEvent(new Event('change'));
          """);
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('table')].map(table => [...table.tBodies[0].rows].filter(row => !row.hidden).length).every(left => left > 0)")
                  .asBoolean())
          .as("every table has rows of the arm")
          .isTrue();
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('table tbody tr')].filter(row => !row.hidden).every(row => /evolution.*default.*near/s.test(row.textContent))")
                  .asBoolean())
          .isTrue();
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
