package org.xfernas.search.surrogate.nao;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * What NAO's encoder-predictor-decoder minimises (sections 2 and 3 of the method): a weighted mean
 * of the mean squared error of the values and the mean cross entropy of the tokens, and an L2. The
 * paper of the transfer network leaves them open: the residual decay is our own choice (R).
 *
 * @param valueWeight of the squared error, above 0 and up to 1; the cross entropy has the rest
 * @param weightDecay L2 of all weights but those of the residual predictors, 0 or more
 * @param residualDecay L2 of the residual predictors, 0 or more: the larger, the more of what tasks
 *     have in common goes into the universal one
 */
public record NaoLoss(double valueWeight, double weightDecay, double residualDecay)
    implements Serializable {
  /** The published weights, and a decay that is larger for what belongs to one task alone. */
  public static final NaoLoss DEFAULT = new NaoLoss(0.8, 1e-4, 1e-2);

  public NaoLoss {
    List<String> problems = new ArrayList<>();
    if (!(valueWeight > 0 && valueWeight <= 1)) {
      problems.add(
          "the weight of values must be above 0 and at most 1 (weight=" + valueWeight + ")");
    }
    if (!isDecay(weightDecay)) {
      problems.add("the decay of weights must be 0 or more (decay=" + weightDecay + ")");
    }
    if (!isDecay(residualDecay)) {
      problems.add("the decay of residuals must be 0 or more (decay=" + residualDecay + ")");
    }
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException("Cannot learn: " + String.join("; ", problems));
    }
  }

  private static boolean isDecay(double value) {
    return value >= 0 && Double.isFinite(value);
  }
}
