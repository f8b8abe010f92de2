package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ablation.BacktestGain.Verdict;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;

class BacktestGainTest {
  @TempDir Path directory;

  private static BacktestGain gain(String sources, int evaluations, double... gains) {
    Interval interval = Interval.of(gains);
    return new BacktestGain(
        "bayesian",
        "default",
        "c100",
        sources,
        200,
        evaluations,
        gains.length,
        0,
        interval.mean(),
        interval.mean(),
        interval.low(),
        interval.high(),
        Verdict.of(interval));
  }

  /** Of intervals of so many draws, 95 % have the mean that they are drawn with. */
  @Test
  void theIntervalHasTheMeanAsOftenAsItSays() {
    RandomGenerator random = new Seed(1).generator();
    long holding =
        IntStream.range(0, 4_000)
            .mapToObj(
                one -> Interval.of(random.doubles(5).map(any -> random.nextGaussian()).toArray()))
            .filter(interval -> interval.low() <= 0 && interval.high() >= 0)
            .count();
    assertThat(holding / 4_000.0).isBetween(0.94, 0.96);
    assertThat(Interval.of(new double[] {3}).low()).as("of one value").isNull();
  }

  @Test
  void whatIsSaidFollowsFromTheInterval() {
    assertThat(gain(BacktestGain.ALL, 1, 5, 6, 7).verdict()).isEqualTo(Verdict.PAID);
    assertThat(gain(BacktestGain.ALL, 1, 0.1, -0.1, 0).verdict()).isEqualTo(Verdict.NOT_PAID);
    assertThat(gain(BacktestGain.ALL, 1, -5, -6, -7).verdict()).isEqualTo(Verdict.NOT_PAID);
    assertThat(gain(BacktestGain.ALL, 1, -5, 6, 7).verdict()).isEqualTo(Verdict.OPEN);
    assertThat(gain(BacktestGain.ALL, 1, 50).verdict()).as("a single seed").isEqualTo(Verdict.OPEN);
  }

  /** Of three tasks, the searches on one go as without sources, those on another do not. */
  @Test
  void whereSearchesGoAsWithoutSourcesNothingWasLearnt() throws Exception {
    AblationSettings settings =
        SweepFixture.settings(
            directory,
            "xfernas.ablation { kind = backtest, grid { optimizer = [bayesian], target = [up, near], seeds = 2 }, budget.evaluations = 3 }");
    List<SweepCell> cells = new ArrayList<>();
    Map<Cell, List<Evaluation>> evaluations = new HashMap<>();
    for (String target : List.of("up", "near")) {
      for (long seed = 1; seed <= 2; seed++) {
        for (Transfer transfer : List.of(Transfer.DEFAULT, Transfer.NONE)) {
          SweepCell cell =
              new SweepCell(
                  new Arm(OptimizerType.BAYESIAN, transfer),
                  target,
                  new Sources(12, GuardCase.NONE, seed));
          double first = target.equals("up") && transfer == Transfer.NONE ? 50.5 : 50;
          cells.add(cell);
          evaluations.put(
              cell.key(),
              List.of(
                  new Evaluation("val", 1, 0, 0, first, seed),
                  new Evaluation("val", 2, 0, 0, 20 + seed, 0.5),
                  new Evaluation("val", 3, 0, 0, 20, 0.5)));
        }
      }
    }
    List<BacktestGain> gains = BacktestGain.all(new SweepResults(settings, cells, evaluations));
    assertThat(gains)
        .extracting(gain -> gain.task() + " " + gain.evaluations() + " " + gain.verdict().text())
        .containsExactlyInAnyOrder(
            "up 1 paid",
            "up 3 not paid",
            "near 1 no difference",
            "near 3 no difference",
            "mean 1 paid",
            "mean 3 not paid");
    assertThat(
            BacktestReport.sentence(
                gains.stream().filter(gain -> gain.task().equals("near")).toList()))
        .isEqualTo(
            "bayesian with transfer default on near, by all sources, at most 12 results each: would have made no difference, each search found the same as without sources");
  }

  @Test
  void theSentenceNamesTheEvaluationsOfEachVerdict() {
    assertThat(
            BacktestReport.sentence(
                List.of(
                    gain(BacktestGain.ALL, 1, 5, 6, 7),
                    gain(BacktestGain.ALL, 5, 4, 4, 4),
                    gain(BacktestGain.ALL, 10, 0, 0, 0))))
        .startsWith(
            "bayesian with transfer default on c100, by all sources, at most 200 results each: would have paid at N = 1 (6.0 [")
        .endsWith("5 (4.0 [4.0, 4.0]); would not have paid at N = 10 (0.0 [0.0, 0.0])");
    assertThat(BacktestReport.sentence(List.of(gain("c10", 1, 50))))
        .isEqualTo(
            "bayesian with transfer default on c100, by c10 alone, at most 200 results each: cannot be told at N = 1 (50.0)");
  }
}
