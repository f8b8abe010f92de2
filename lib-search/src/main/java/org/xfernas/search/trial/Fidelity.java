package org.xfernas.search.trial;

/**
 * How much training an evaluation gets.
 *
 * @param epochs passes over the training data, at least 1
 * @param dataFraction share of the training data used, in (0, 1]
 */
public record Fidelity(int epochs, double dataFraction) {
  public Fidelity {
    if (epochs < 1) {
      throw new IllegalArgumentException("epochs must be at least 1 (epochs=%d)".formatted(epochs));
    }
    if (!(dataFraction > 0 && dataFraction <= 1)) {
      throw new IllegalArgumentException(
          "data-fraction must be in (0, 1] (data-fraction=%s)".formatted(dataFraction));
    }
  }
}
