package org.xfernas.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The steps of one operation on batches of one size. */
abstract class OperationPlan {
  private final Site site;

  OperationPlan(Site site) {
    this.site = site;
  }

  /** Adds the steps that compute the output. */
  abstract void forward(PlanBuilder plan);

  /** Adds the steps that compute the gradients of parameters and inputs from the output's. */
  abstract void backward(PlanBuilder plan);

  final Site site() {
    return site;
  }

  final Tensor input() {
    return site.inputs().get(0);
  }

  final Tensor output() {
    return site.output();
  }

  /**
   * Where in a cell an operation stands.
   *
   * @param node its number
   * @param inputs what it reads, values that are zero left out
   * @param output what it writes
   */
  record Site(int node, List<Tensor> inputs, Tensor output) {}

  /** Parameter number {@code index} of this operation. */
  final INDArray parameter(PlanBuilder plan, int index) {
    return plan.parameters().get(site.node(), index);
  }

  /** Gradient of parameter number {@code index} of this operation. */
  final INDArray gradient(PlanBuilder plan, int index) {
    return plan.gradients().get(site.node(), index);
  }
}
