package org.xfernas.models.layer;

import java.util.List;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.xfernas.models.layer.Operation.Convolution;

/** An ordinary convolution by libnd4j's {@code conv2d}, which reaches oneDNN. */
final class ConvolutionPlan extends OperationPlan {
  private final Convolution convolution;

  ConvolutionPlan(Site site, Convolution convolution) {
    super(site);
    this.convolution = convolution;
  }

  @Override
  void forward(PlanBuilder plan) {
    INDArray weights = parameter(plan, 0);
    plan.forward(
        new NativeStep(
                label(),
                "conv2d",
                List.of(input()::array, () -> weights),
                List.of(output().array()))
            .integers(arguments(convolution)));
  }

  @Override
  void backward(PlanBuilder plan) {
    INDArray weights = parameter(plan, 0);
    Consumer<Tensor> both =
        gradient ->
            plan.backward(
                new NativeStep(
                        label() + " backward",
                        "conv2d_bp",
                        List.of(input()::array, () -> weights, plan.gradientOf(output())::array),
                        List.of(gradient.array(), gradient(plan, 0)))
                    .integers(arguments(convolution)));
    if (plan.wantsGradient(input())) {
      plan.contribute(input(), both);
    } else {
      both.accept(plan.scratch(input().shape()));
    }
  }

  private String label() {
    return "conv %dx%d%s"
        .formatted(
            convolution.kernelHeight(),
            convolution.kernelWidth(),
            convolution.strideHeight() * convolution.strideWidth() > 1 ? " stride 2" : "");
  }

  /** Integer arguments of {@code conv2d}: explicit padding, NHWC, weights [kH, kW, iC, oC]. */
  static long[] arguments(Convolution convolution) {
    return new long[] {
      convolution.kernelHeight(),
      convolution.kernelWidth(),
      convolution.strideHeight(),
      convolution.strideWidth(),
      convolution.kernelHeight() / 2,
      convolution.kernelWidth() / 2,
      1,
      1,
      0,
      1,
      0
    };
  }
}
