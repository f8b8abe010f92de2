package org.xfernas.search.transfer;

import java.util.Arrays;
import org.xfernas.search.surrogate.NormalScores;
import org.xfernas.search.trial.Prediction;

/**
 * Normal scores of a target's results with a standard deviation of 1, and the line that leads back.
 *
 * @param values one per result
 * @param level result at 0
 * @param slope result per unit
 */
record StandardScores(double[] values, double level, double slope) {
  /** Results of which the standard deviation says something. */
  private static final int FEWEST = 3;

  static StandardScores of(double[] results) {
    double[] values = NormalScores.of(results);
    double deviation = Hypotheses.deviation(values);
    if (values.length >= FEWEST && deviation > 0) {
      values = Arrays.stream(values).map(value -> value / deviation).toArray();
    }
    double level = Arrays.stream(results).average().orElse(0);
    double products = 0;
    double squares = 0;
    for (int at = 0; at < values.length; at++) {
      products += values[at] * (results[at] - level);
      squares += values[at] * values[at];
    }
    return new StandardScores(values, level, products > 0 ? products / squares : 1);
  }

  /** Some of the results. */
  StandardScores only(int[] indices) {
    return new StandardScores(
        Arrays.stream(indices).mapToDouble(index -> values[index]).toArray(), level, slope);
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
