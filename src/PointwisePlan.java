package org.xfernas.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;

/** A 1x1 convolution as a product of matrices. */
final class PointwisePlan extends OperationPlan {
  PointwisePlan(Site site) {
    super(site);
  }

  @Override
  void forward(PlanBuilder plan) {
    INDArray weights = weights(parameter(plan, 0));
    plan.forward(
        new NativeStep(
                "pointwise",
                "matmul",
                List.of(input()::matrix, () -> weights),
                List.of(output().matrix()))
            .integers(0, 0, 0));
  }

  @Override
  void backward(PlanBuilder plan) {
    INDArray weights = weights(parameter(plan, 0));
    Tensor outputGradient = plan.gradientOf(output());
    plan.backward(
        new NativeStep(
                "pointwise backward weights",
                "matmul",
                List.of(input()::matrix, outputGradient::matrix),
                List.of(weights(gradient(plan, 0))))
            .integers(1, 0, 0));
    if (plan.wantsGradient(input())) {
      plan.contribute(
          input(),
          gradient ->
              plan.backward(
                  new NativeStep(
                          "pointwise backward data",
                          "matmul",
                          List.of(outputGradient::matrix, () -> weights),
                          List.of(gradient.matrix()))
                      .integers(0, 1, 0)));
    }
  }

  private INDArray weights(INDArray kernel) {
    return kernel.reshape('c', input().channels(), output().channels());
  }
}
