package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.Stream;
import org.hipparchus.stat.descriptive.rank.Median;
import org.xfernas.search.surrogate.NormalScores;
import org.xfernas.search.trial.Prediction;

/**
 * A target's results on a scale with a standard deviation of 1, and the line that leads back.
 *
 * @param values one per result, ascending with it
 * @param logDerivatives logarithm of the derivative of each value by its result, by which the
 *     likelihoods of the same results on several scales compare
 * @param level result at 0
 * @param slope result per unit
 */
record StandardScores(double[] values, double[] logDerivatives, double level, double slope) {
  /** Results of which the standard deviation says something. */
  private static final int FEWEST = 3;

  /** Distances from the best, in medians of them, up to which a warped scale is about linear. */
  private static final double[] BENDS = {3, 1, 0.3, 0.1};

  /** Normal scores: nothing but the order counts. */
  static StandardScores of(double[] results) {
    double[] values = NormalScores.of(results);
    return on(
        results, values.length < FEWEST ? values : divided(values), new double[values.length]);
  }

  /**
   * Scales on which the target may follow what normal scores of many results tell: the results
   * themselves and, since results crowd below the best and trail off far below it, -c log(1 + d /
   * c) of their distances d from the best. Of fewer than {@value #FEWEST} results, or where squares
   * of them are no numbers, the normal scores alone.
   */
  static List<StandardScores> scales(double[] results) {
    double best = Arrays.stream(results).max().orElse(0);
    double[] distances = Arrays.stream(results).map(r -> best - r).filter(d -> d > 0).toArray();
    if (results.length < FEWEST || distances.length == 0) {
      return List.of(of(results));
    }
    List<StandardScores> scales = new ArrayList<>();
    scales.add(warped(results, result -> result, result -> 0));
    double median = new Median().evaluate(distances);
    for (double bend : BENDS) {
      double c = bend * median;
      scales.add(
          warped(
              results,
              result -> -c * Math.log1p((best - result) / c),
              result -> -Math.log1p((best - result) / c)));
    }
    return scales.stream().allMatch(StandardScores::isFinite) ? scales : List.of(of(results));
  }

  /** Whether no square of the results is beyond what a number can be. */
  private boolean isFinite() {
    return Stream.of(values, logDerivatives)
        .flatMapToDouble(Arrays::stream)
        .allMatch(Double::isFinite);
  }

  private static StandardScores warped(
      double[] results, DoubleUnaryOperator warp, DoubleUnaryOperator logDerivative) {
    double[] warped = Arrays.stream(results).map(warp).toArray();
    double mean = Arrays.stream(warped).average().orElseThrow();
    double deviation = Hypotheses.deviation(warped);
    return on(
        results,
        divided(Arrays.stream(warped).map(value -> value - mean).toArray()),
        Arrays.stream(results)
            .map(logDerivative)
            .map(logarithm -> logarithm - Math.log(deviation))
            .toArray());
  }

  private static double[] divided(double[] values) {
    double deviation = Hypotheses.deviation(values);
    return deviation > 0 ? Arrays.stream(values).map(value -> value / deviation).toArray() : values;
  }

  private static StandardScores on(double[] results, double[] values, double[] logDerivatives) {
    double level = Arrays.stream(results).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (int at = 0; at < values.length; at++) {
      products += values[at] * (results[at] - level);
      squares += values[at] * values[at];
    }
    return new StandardScores(values, logDerivatives, level, products > 0 ? products / squares : 1);
  }

  /** Some of the results. */
  StandardScores only(int[] indices) {
    return new StandardScores(
        Arrays.stream(indices).mapToDouble(index -> values[index]).toArray(),
        Arrays.stream(indices).mapToDouble(index -> logDerivatives[index]).toArray(),
        level,
        slope);
  }

  /** A prediction of a standardised score, on the scale of the results. */
  Prediction unstandardised(Prediction standardised) {
    return new Prediction(
        level + slope * standardised.mean(), slope * standardised.standardDeviation());
  }

  int size() {
    return values.length;
  }
}
