package org.xfernas.jobs.ablation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.xfernas.jobs.ablation.SweepResults.Setting;

/**
 * What an optimizer's sources would have been worth on a task after some evaluations, paired over
 * the seeds.
 *
 * @param optimizer the optimizer
 * @param transfer how it learns from sources
 * @param task the target; {@link Comparison#MEAN}: each seed's mean over all targets
 * @param sources {@link #ALL}, or the name of the only one
 * @param sourcePoints most results of each source
 * @param evaluations after which regrets are compared
 * @param pairs seeds that both have a result of
 * @param regret with the sources, mean over the pairs, in per cent of optimum - median of the
 *     architectures that have a result
 * @param plainRegret without sources
 * @param gain by how much the regret is lower with them
 * @param low lower end of the gain's 95 % interval over the seeds; null where there is one seed
 * @param high upper end
 * @param verdict of the searches and the interval
 */
record BacktestGain(
    String optimizer,
    String transfer,
    String task,
    String sources,
    int sourcePoints,
    int evaluations,
    int pairs,
    double regret,
    double plainRegret,
    double gain,
    Double low,
    Double high,
    Verdict verdict) {
  /** In the place of a source: all of them. */
  static final String ALL = "all sources";

  /** Points of regret that do not count. */
  private static final double MARGIN = 1;

  /** What the searches and the interval say. */
  enum Verdict {
    /** No search found anything else with them than without. */
    NO_DIFFERENCE("would have made no difference, each search found the same as without sources"),
    /** It is above 0. */
    PAID("would have paid"),
    /** It is below a point of regret. */
    NOT_PAID("would not have paid"),
    /** Neither: more seeds are needed. */
    OPEN("cannot be told");

    private final String words;

    Verdict(String words) {
      this.words = words;
    }

    /** In a sentence about transfer. */
    String words() {
      return words;
    }

    /** The name in files. */
    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Verdict of(Interval gain) {
      if (gain.low() == null) {
        return OPEN;
      }
      return gain.low() > 0 ? PAID : gain.high() < MARGIN ? NOT_PAID : OPEN;
    }
  }

  /** Every arm with sources against the same without, as far as there is still a choice. */
  static List<BacktestGain> all(SweepResults results) {
    List<Setting> settings = results.settingsOfArms();
    List<BacktestGain> gains = new ArrayList<>();
    for (Setting setting : settings) {
      Setting plain =
          new Setting(BacktestKind.plain(setting.arm()), setting.points(), setting.sourceCase());
      if (setting.arm().transfers() && settings.contains(plain)) {
        for (String task : results.settings().targetsAndMean()) {
          boolean alike = results.wentAlike(setting, plain, task);
          results.checkpoints().stream()
              .filter(evaluations -> results.leavesChoice(task, evaluations))
              .forEach(
                  evaluations -> add(gains, setting, plain, task, alike, evaluations, results));
        }
      }
    }
    return gains;
  }

  private static void add(
      List<BacktestGain> gains,
      Setting setting,
      Setting plain,
      String task,
      boolean alike,
      int evaluations,
      SweepResults results) {
    double[] with = results.regrets(setting, task, evaluations);
    double[] without = results.regrets(plain, task, evaluations);
    int[] both =
        IntStream.range(0, with.length)
            .filter(at -> Double.isFinite(with[at]) && Double.isFinite(without[at]))
            .toArray();
    if (both.length == 0) {
      return;
    }
    Interval gain =
        Interval.of(Arrays.stream(both).mapToDouble(at -> without[at] - with[at]).toArray());
    String only = setting.sourceCase().only();
    gains.add(
        new BacktestGain(
            setting.arm().type().text(),
            setting.arm().transferText(),
            task,
            only == null ? ALL : only,
            setting.points(),
            evaluations,
            both.length,
            Arrays.stream(both).mapToDouble(at -> with[at]).average().orElseThrow(),
            Arrays.stream(both).mapToDouble(at -> without[at]).average().orElseThrow(),
            gain.mean(),
            gain.low(),
            gain.high(),
            alike ? Verdict.NO_DIFFERENCE : Verdict.of(gain)));
  }
}
