package org.xfernas.jobs.ablation;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.xfernas.jobs.ablation.PredictionResults.Setting;
import org.xfernas.jobs.report.PairedTest;

/**
 * A surrogate with sources against the same without, in one cell of the grid, paired over the seeds
 * (method, section 6). A constant prediction counts as a correlation of 0, which is what a random
 * order has on average.
 *
 * @param surrogate its name
 * @param transfer how it learns from sources
 * @param measure that is compared
 * @param sourcePoints results of each source
 * @param guardCase which sources, and what was done to them
 * @param task the target; {@link Comparison#MEAN}: each seed's mean over all targets
 * @param targetPoints results of the target
 * @param pairs seeds that both have a result of
 * @param value with sources, mean over the pairs
 * @param plainValue without
 * @param pBetter one-sided Wilcoxon test that it is better with sources, corrected by Holm over the
 *     cells of the surrogate and the measure
 * @param pWorse that it is worse, corrected alike
 * @param pNotWorse that it is worse by less than the measure's margin; not corrected, as the claim
 *     is that it holds everywhere
 * @param verdict of these, at the level of 0.05
 */
record PredictionComparison(
    String surrogate,
    String transfer,
    PredictionMeasure measure,
    int sourcePoints,
    String guardCase,
    String task,
    int targetPoints,
    int pairs,
    double value,
    double plainValue,
    double pBetter,
    double pWorse,
    double pNotWorse,
    Verdict verdict) {

  /** In the place of a value, in a sentence: without sources and results of the target. */
  static final String NOTHING = "nothing to predict from";

  /** What a comparison shows; the first that holds. */
  enum Verdict {
    /** Significantly better. */
    BETTER("+"),
    /** Not worse by more than the margin. */
    NOT_WORSE("="),
    /** Significantly worse. */
    WORSE("-"),
    /** None of these: more seeds are needed. */
    OPEN("?");

    private final String sign;

    Verdict(String sign) {
      this.sign = sign;
    }

    /** One character. */
    String sign() {
      return sign;
    }

    /** The name in files. */
    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    static Verdict of(double pBetter, double pNotWorse, double pWorse) {
      if (pBetter < Comparison.SIGNIFICANCE) {
        return BETTER;
      }
      if (pNotWorse < Comparison.SIGNIFICANCE) {
        return NOT_WORSE;
      }
      return pWorse < Comparison.SIGNIFICANCE ? WORSE : OPEN;
    }
  }

  /** Every cell with sources whose surrogate is in the grid without sources too. */
  static List<PredictionComparison> all(PredictionResults results) {
    List<Setting> settings = results.settingsOfPredictors();
    List<PredictionComparison> comparisons = new ArrayList<>();
    List<Predictor> predictors =
        settings.stream().map(Setting::predictor).filter(Predictor::transfers).distinct().toList();
    for (Predictor predictor : predictors) {
      List<Setting> compared =
          settings.stream()
              .filter(setting -> setting.predictor().equals(predictor) && setting.transfers())
              .filter(setting -> settings.contains(setting.plain()))
              .toList();
      for (PredictionMeasure measure :
          List.of(PredictionMeasure.SPEARMAN, PredictionMeasure.REGRET_OF_BEST)) {
        comparisons.addAll(table(compared, measure, results));
      }
    }
    return comparisons;
  }

  private static List<PredictionComparison> table(
      List<Setting> settings, PredictionMeasure measure, PredictionResults results) {
    List<Pairs> cells = new ArrayList<>();
    for (Setting setting : settings) {
      for (String task : results.settings().targetsAndMean()) {
        for (int points : results.settings().grid().targetPointsInOrder()) {
          Pairs pairs = Pairs.of(setting, task, points, measure, results);
          if (pairs.count() > 0) {
            cells.add(pairs);
          }
        }
      }
    }
    List<Double> better = corrected(cells, pairs -> PairedTest.lower(pairs.losses(1, 0)));
    List<Double> worse = corrected(cells, pairs -> PairedTest.lower(pairs.losses(-1, 0)));
    return IntStream.range(0, cells.size())
        .mapToObj(i -> of(cells.get(i), better.get(i), worse.get(i)))
        .toList();
  }

  private static List<Double> corrected(List<Pairs> cells, Function<Pairs, Double> test) {
    return PairedTest.holm(cells.stream().map(test).toList());
  }

  private static PredictionComparison of(Pairs pairs, double better, double worse) {
    double notWorse = PairedTest.lower(pairs.losses(1, pairs.measure.margin()));
    return new PredictionComparison(
        pairs.setting.predictor().name(),
        Arm.text(pairs.setting.predictor().transfer()),
        pairs.measure,
        pairs.setting.points(),
        pairs.setting.sourceCase().text(),
        pairs.task,
        pairs.targetPoints,
        pairs.count(),
        Arrays.stream(pairs.values).average().orElseThrow(),
        Arrays.stream(pairs.plain).average().orElseThrow(),
        better,
        worse,
        notWorse,
        Verdict.of(better, notWorse, worse));
  }

  /** Whether there is anything to predict from without sources. */
  boolean plainLearns() {
    return targetPoints > 0;
  }

  /** By how much it is worse with sources on average. */
  double loss() {
    return measure.loss(value, plainValue);
  }

  /** Values of the seeds that both have one of. */
  private record Pairs(
      Setting setting,
      String task,
      int targetPoints,
      PredictionMeasure measure,
      double[] values,
      double[] plain) {

    static Pairs of(
        Setting setting,
        String task,
        int targetPoints,
        PredictionMeasure measure,
        PredictionResults results) {
      double[] values = results.values(setting, task, targetPoints, measure::orZero);
      double[] plain = results.values(setting.plain(), task, targetPoints, measure::orZero);
      int[] both =
          IntStream.range(0, values.length)
              .filter(i -> Double.isFinite(values[i]) && Double.isFinite(plain[i]))
              .toArray();
      return new Pairs(
          setting,
          task,
          targetPoints,
          measure,
          Arrays.stream(both).mapToDouble(i -> values[i]).toArray(),
          Arrays.stream(both).mapToDouble(i -> plain[i]).toArray());
    }

    int count() {
      return values.length;
    }

    double[] losses(int sign, double margin) {
      return IntStream.range(0, values.length)
          .mapToDouble(i -> sign * measure.loss(values[i], plain[i]) - margin)
          .toArray();
    }
  }
}
