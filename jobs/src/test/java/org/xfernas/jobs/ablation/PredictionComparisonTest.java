package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ablation.PredictionCell.Fit;
import org.xfernas.jobs.ablation.PredictionComparison.Verdict;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.report.SweepPage;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Measures;
import org.xfernas.search.optimizer.SurrogateType;
import org.xfernas.search.optimizer.Transfer;

/** Verdicts on made-up correlations of a process over 12 seeds of one target. */
class PredictionComparisonTest {
  private static final Predictor WITH = new Predictor(SurrogateType.PROCESS, Transfer.DEFAULT);

  @TempDir java.nio.file.Path directory;
  private AblationSettings settings;

  @BeforeEach
  void readSettings() throws java.io.IOException {
    settings =
        SweepFixture.settings(
            directory,
            "xfernas.ablation { kind = prediction, grid { target = [up], source-points = [12], target-points = [0, 5], seeds = 12 } }");
  }

  /** The cells with these correlations with sources and without, by points of the target. */
  private PredictionResults results(
      ToDoubleFunction<Integer> with, ToDoubleFunction<Integer> without) {
    return results(List.of(12), with, without);
  }

  private PredictionResults results(
      List<Integer> sourcePoints,
      ToDoubleFunction<Integer> with,
      ToDoubleFunction<Integer> without) {
    List<PredictionCell> cells = new ArrayList<>();
    Map<Cell, Measures> measures = new HashMap<>();
    for (long seed = 1; seed <= 12; seed++) {
      for (Predictor predictor : List.of(WITH, WITH.plain())) {
        for (int ofSources : sourcePoints) {
          for (int points : List.of(0, 5)) {
            PredictionCell cell =
                new PredictionCell(
                    new Fit(predictor, "up", new Sources(ofSources, GuardCase.NONE, seed)), points);
            double level = (predictor.transfers() ? with : without).applyAsDouble(points);
            double spearman = level + (predictor.transfers() ? 1e-5 * seed : 0);
            cells.add(cell);
            measures.put(cell.key(), new Measures("up_val", 0, spearman, 0, 0, 10, 1));
          }
        }
      }
    }
    return new PredictionResults(settings, cells, measures);
  }

  private static PredictionComparison spearman(PredictionResults results, int points) {
    return PredictionComparison.all(results).stream()
        .filter(one -> one.measure() == PredictionMeasure.SPEARMAN)
        .filter(one -> one.targetPoints() == points)
        .findFirst()
        .orElseThrow();
  }

  private static Claim claim(PredictionResults results) {
    return Claim.all(PredictionComparison.all(results)).get(0);
  }

  /** All 12 differences have the same sign: once in 2^12 times, and there are two cells. */
  @Test
  void whatIsHigherInEverySeedIsBetter() {
    PredictionResults results = results(points -> 0.9, points -> 0.8);
    PredictionComparison cell = spearman(results, 5);
    assertThat(cell.verdict()).isEqualTo(Verdict.BETTER);
    assertThat(cell.pBetter()).isCloseTo(2 / 4096.0, within(1e-12));
    assertThat(cell.pWorse()).isEqualTo(1);
    assertThat(cell.pairs()).isEqualTo(12);
    assertThat(claim(results).state()).isEqualTo(Claim.State.HOLDS);
    assertThat(claim(results).confidence()).isCloseTo(1 - 1 / 4096.0, within(1e-12));
  }

  @Test
  void aLossWithinTheMarginIsNotWorseAndIsCounted() {
    PredictionResults results = results(points -> 0.8 - points / 1000.0, points -> 0.8);
    assertThat(spearman(results, 5).verdict()).isEqualTo(Verdict.NOT_WORSE);
    assertThat(claim(results).below()).isEqualTo(1);
    assertThat(claim(results).state()).isEqualTo(Claim.State.HOLDS);
    assertThat(claim(results).worst().targetPoints()).isEqualTo(5);
  }

  @Test
  void aLossBeyondTheMarginRefutesTheClaim() {
    PredictionResults results = results(points -> points == 0 ? 0.9 : 0.7, points -> 0.8);
    assertThat(spearman(results, 0).verdict()).isEqualTo(Verdict.BETTER);
    assertThat(spearman(results, 5).verdict()).isEqualTo(Verdict.WORSE);
    Claim claim = claim(results);
    assertThat(claim.state()).isEqualTo(Claim.State.REFUTED);
    assertThat(claim.confidence()).isCloseTo(1 - 2 / 4096.0, within(1e-12));
    assertThat(claim.sentence())
        .startsWith(
            "process with transfer default, spearman: \"in the worst case just as good as without sources\" is refuted (confidence 100.0 %): of 2 cells 1 are better, 0 not worse by 0.01, 1 worse, 0 open");
  }

  @Test
  void aPredictionWithoutAnyDataCountsAsARandomOrder() {
    PredictionResults results = results(points -> 0.5, points -> points == 0 ? Double.NaN : 0.4);
    PredictionComparison cell = spearman(results, 0);
    assertThat(cell.plainValue()).isZero();
    assertThat(cell.verdict()).isEqualTo(Verdict.BETTER);
  }

  @Test
  void whatIsWithoutSourcesIsToldOnceAndPredictsNothingFromNothing() throws Exception {
    PredictionResults results =
        results(List.of(12, 24), points -> 0.2, points -> points == 0 ? Double.NaN : 0.9);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    new PredictionReport(
            new SweepKind.Run(
                "sweep", "run", null, Map.of(), 0, new SweepPage.Provenance("table.csv", "{}")),
            results)
        .write(new PrintStream(out, true, StandardCharsets.UTF_8));
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .filteredOn(line -> line.startsWith("process "))
        .extracting(line -> line.replaceAll(" +", " ").trim())
        .filteredOn(line -> !line.contains(":"))
        .containsExactly(
            "process default 12 none 0.2001+ 0.2001- 0.0000",
            "process default 24 none 0.2001+ 0.2001- 0.0000",
            "process none any any - 0.9000 -");
    assertThat(Files.readString(settings.output().resolve("report.html")))
        .contains(">–</td>", "<dd>96</dd>", "<dd>1: up</dd>");
    assertThat(claim(results(points -> -0.5, points -> points == 0 ? Double.NaN : -0.6)).sentence())
        .endsWith("-0.500 against nothing to predict from");
  }

  @Test
  void equalRegretsAreNotWorse() {
    PredictionComparison regret =
        PredictionComparison.all(results(points -> 0.8, points -> 0.8)).stream()
            .filter(one -> one.measure() == PredictionMeasure.REGRET_OF_BEST)
            .findFirst()
            .orElseThrow();
    assertThat(regret.verdict()).isEqualTo(Verdict.NOT_WORSE);
    assertThat(regret.pBetter()).isEqualTo(1);
  }
}
