package org.xfernas.models.layer;

import java.util.List;

/** Adds its inputs up; the gradient passes to each. */
final class SumPlan extends OperationPlan {
  SumPlan(Site site) {
    super(site);
  }

  @Override
  void forward(PlanBuilder plan) {
    List<Tensor> terms = site().inputs();
    if (terms.size() == 1) {
      plan.forward(PlanStep.of("sum", () -> output().array().assign(terms.get(0).array())));
      return;
    }
    Tensor sum = terms.get(0);
    for (Tensor term : terms.subList(1, terms.size())) {
      plan.forward(
          new NativeStep(
              "sum", "add", List.of(sum::array, term::array), List.of(output().array())));
      sum = output();
    }
  }

  @Override
  void backward(PlanBuilder plan) {
    for (Tensor term : site().inputs()) {
      plan.passGradient("sum", output(), term);
    }
  }
}
