package org.xfernas.search.surrogate.nao;

import java.util.List;

/**
 * What one update learns from.
 *
 * @param examples the architectures
 * @param valueWeight weight of each squared error of a value
 * @param tokenWeight weight of each token's cross entropy
 */
record NaoBatch(List<Example> examples, float valueWeight, float tokenWeight) {

  /**
   * A batch whose loss is the weighted mean of the mean squared error and the mean cross entropy.
   *
   * @param valueShare weight of the mean squared error; the mean cross entropy has the rest
   */
  static NaoBatch of(List<Example> examples, float valueShare) {
    long labelled = examples.stream().filter(Example::labelled).count();
    int tokens = examples.stream().mapToInt(example -> example.tokens().length).sum();
    return new NaoBatch(
        examples, valueShare / Math.max(1, labelled), (1 - valueShare) / Math.max(1, tokens));
  }

  /**
   * One architecture.
   *
   * @param tokens of it
   * @param task whose residual predictor has a part in the value; -1 for the universal one alone
   * @param value normalised score; NaN where only its tokens are learnt
   */
  record Example(int[] tokens, int task, float value) {
    boolean labelled() {
      return !Float.isNaN(value);
    }
  }
}
