package org.xfernas.search.trial;

/**
 * What a search makes as good as it can.
 *
 * @param metric name of the guiding metric
 * @param minimize whether lower is better
 */
public record Objective(String metric, boolean minimize) {

  /** Validation accuracy of trained candidates, in per cent. */
  public static final Objective VALIDATION_ACCURACY = new Objective("validation_accuracy", false);

  /** The value on a scale where higher is better. */
  public double score(double value) {
    return minimize ? -value : value;
  }
}
