package org.xfernas.jobs.ablation;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.KendallsCorrelation;
import org.hipparchus.stat.correlation.PearsonsCorrelation;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.xfernas.jobs.table.SweepsTable.Measures;

/**
 * How predicted scores agree with true ones; higher scores are better. Where one side is constant
 * there is no correlation: NaN.
 *
 * @param predicted scores
 * @param truth in the same order
 */
record Agreement(double[] predicted, double[] truth) {
  /** Fewer ranks say nothing. */
  private static final int LEAST_RANKED = 3;

  /**
   * Every measure.
   *
   * @param metric that is predicted
   * @param scale of the regret
   * @param fitSeconds that the fit took
   */
  Measures measures(String metric, RegretScale scale, double fitSeconds) {
    Agreement best = topTenth();
    boolean constant = isConstant();
    return new Measures(
        metric,
        constant ? Double.NaN : new PearsonsCorrelation().correlation(predicted, truth),
        spearman(),
        constant ? Double.NaN : new KendallsCorrelation().correlation(predicted, truth),
        best.truth.length < LEAST_RANKED ? Double.NaN : best.spearman(),
        regretOfBest(scale),
        fitSeconds);
  }

  private double spearman() {
    return isConstant() ? Double.NaN : new SpearmansCorrelation().correlation(predicted, truth);
  }

  private boolean isConstant() {
    return isConstant(predicted) || isConstant(truth);
  }

  private static boolean isConstant(double[] values) {
    return Arrays.stream(values).distinct().count() <= 1;
  }

  /** The tenth of the pairs whose truth is best; of equal ones the first. */
  private Agreement topTenth() {
    int[] best =
        IntStream.range(0, truth.length)
            .boxed()
            .sorted(Comparator.comparing(i -> -truth[i]))
            .limit(truth.length / 10)
            .mapToInt(Integer::intValue)
            .toArray();
    return new Agreement(
        Arrays.stream(best).mapToDouble(i -> predicted[i]).toArray(),
        Arrays.stream(best).mapToDouble(i -> truth[i]).toArray());
  }

  /** What a choice by the prediction is expected to cost: of equal predictions, any. */
  private double regretOfBest(RegretScale scale) {
    double highest = Arrays.stream(predicted).max().orElseThrow();
    return IntStream.range(0, predicted.length)
        .filter(i -> predicted[i] == highest)
        .mapToDouble(i -> scale.regret(truth[i]))
        .average()
        .orElseThrow();
  }
}
