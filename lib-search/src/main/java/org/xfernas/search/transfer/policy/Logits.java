package org.xfernas.search.transfer.policy;

/** Logits of one decision. */
final class Logits {
  private Logits() {}

  /** The probabilities that they stand for. */
  static double[] softmax(double[] logits) {
    double most = Double.NEGATIVE_INFINITY;
    for (double logit : logits) {
      most = Math.max(most, logit);
    }
    double[] probabilities = new double[logits.length];
    double sum = 0;
    for (int choice = 0; choice < logits.length; choice++) {
      probabilities[choice] = StrictMath.exp(logits[choice] - most);
      sum += probabilities[choice];
    }
    for (int choice = 0; choice < logits.length; choice++) {
      probabilities[choice] /= sum;
    }
    return probabilities;
  }

  /**
   * Gradient, by the logits, of {@code advantage log p(chosen) + bonus H(p)}, where H is the
   * entropy.
   */
  static double[] gradient(double[] probabilities, int chosen, double advantage, double bonus) {
    double entropy = 0;
    for (double probability : probabilities) {
      entropy -= probability > 0 ? probability * StrictMath.log(probability) : 0;
    }
    double[] gradient = new double[probabilities.length];
    for (int choice = 0; choice < gradient.length; choice++) {
      double probability = probabilities[choice];
      double logarithm = probability > 0 ? StrictMath.log(probability) : 0;
      gradient[choice] =
          advantage * ((choice == chosen ? 1 : 0) - probability)
              - bonus * probability * (logarithm + entropy);
    }
    return gradient;
  }
}
