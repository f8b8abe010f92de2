package org.xfernas.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ops.impl.scalar.Step;
import org.nd4j.linalg.factory.Nd4j;

/** Rectified linear units; the gradient passes where the output is positive. */
final class ReluPlan extends OperationPlan {
  ReluPlan(Site site) {
    super(site);
  }

  @Override
  void forward(PlanBuilder plan) {
    plan.forward(
        new NativeStep("relu", "relu", List.of(input()::array), List.of(output().array()))
            .numbers(0));
  }

  @Override
  void backward(PlanBuilder plan) {
    if (!plan.wantsGradient(input())) {
      return;
    }
    Tensor positive = plan.scratch(output().shape());
    Step step = new Step(output().array(), positive.array());
    plan.backward(PlanStep.of("relu backward", () -> Nd4j.getExecutioner().exec(step)));
    plan.contribute(
        input(),
        gradient ->
            plan.backward(
                new NativeStep(
                    "relu backward",
                    "multiply",
                    List.of(positive::array, plan.gradientOf(output())::array),
                    List.of(gradient.array()))));
  }
}
