package org.xfernas.models.layer;

import java.util.Objects;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * Weight decay as PyTorch's SGD has it: the parameters times a coefficient are added to their
 * gradient before the momentum. No part of the score, so that losses compare across coefficients.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class ParameterDecay implements Regularization {
  private double coefficient;

  /** For JSON. */
  @SuppressWarnings("unused")
  private ParameterDecay() {}

  public ParameterDecay(double coefficient) {
    this.coefficient = coefficient;
  }

  @Override
  public ApplyStep applyStep() {
    return ApplyStep.BEFORE_UPDATER;
  }

  @Override
  public void apply(INDArray parameters, INDArray gradient, double rate, int iteration, int epoch) {
    Nd4j.getExecutioner().exec(new Axpy(parameters, gradient, gradient, coefficient));
  }

  @Override
  public double score(INDArray parameters, int iteration, int epoch) {
    return 0;
  }

  @Override
  public Regularization clone() {
    return new ParameterDecay(coefficient);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParameterDecay that && coefficient == that.coefficient;
  }

  @Override
  public int hashCode() {
    return Objects.hash(coefficient);
  }
}
