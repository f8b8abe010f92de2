package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.ablation.BacktestGain.Verdict;
import org.xfernas.search.Seed;

class BacktestGainTest {
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
