package org.xfernas.models.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.xfernas.models.layer.Operation.Depthwise;

/**
 * A depthwise convolution by libnd4j's {@code depthwise_conv2d}. A dilated kernel, which that
 * refuses, is a larger one with zeros between its taps. The gradient of the input is a convolution
 * of the output's gradient (with zeros between its positions where the stride is 2) with the
 * reversed kernel; that of the weights comes from {@link DepthwiseWeightGradient}, or both from
 * libnd4j where that is not to be had.
 */
final class DepthwisePlan extends OperationPlan {
  private final Depthwise depthwise;
  private final int channels;
  private final int extent;

  DepthwisePlan(Site site, Depthwise depthwise) {
    super(site);
    this.depthwise = depthwise;
    this.channels = input().channels();
    this.extent = (depthwise.kernel() - 1) * depthwise.dilation() + 1;
  }

  @Override
  void forward(PlanBuilder plan) {
    INDArray weights = depthwise.dilation() == 1 ? parameter(plan, 0) : planSpread(plan);
    plan.forward(
        new NativeStep(
                label(),
                "depthwise_conv2d",
                List.of(input()::array, () -> weights),
                List.of(output().array()))
            .integers(arguments(depthwise.stride())));
  }

  private INDArray planSpread(PlanBuilder plan) {
    INDArray spread = plan.allocate(extent, extent, channels, 1);
    plan.forward(spreadStep(plan, spread, false));
    return spread;
  }

  @Override
  void backward(PlanBuilder plan) {
    Tensor outputGradient = plan.gradientOf(output());
    Optional<DepthwiseWeightGradient> kernel =
        DepthwiseWeightGradient.of(depthwise, input(), outputGradient, gradient(plan, 0));
    if (kernel.isEmpty()) {
      planNativeGradients(plan, outputGradient);
      return;
    }
    plan.backward(PlanStep.of(label() + " backward weights", kernel.get()));
    if (plan.wantsGradient(input())) {
      planInputGradient(plan, outputGradient);
    }
  }

  private void planInputGradient(PlanBuilder plan, Tensor outputGradient) {
    INDArray reversed = plan.allocate(extent, extent, channels, 1);
    plan.backward(spreadStep(plan, reversed, true));
    Tensor spreadGradient =
        depthwise.stride() == 1 ? outputGradient : planStridedCopy(plan, outputGradient);
    plan.contribute(
        input(),
        gradient ->
            plan.backward(
                new NativeStep(
                        label() + " backward data",
                        "depthwise_conv2d",
                        List.of(spreadGradient::array, () -> reversed),
                        List.of(gradient.array()))
                    .integers(arguments(1))));
  }

  private Tensor planStridedCopy(PlanBuilder plan, Tensor outputGradient) {
    FeatureShape shape = input().shape();
    Tensor copy = plan.allocate(shape);
    int stride = depthwise.stride();
    INDArray places =
        copy.array()
            .get(
                all(),
                interval(0, stride, shape.height()),
                interval(0, stride, shape.width()),
                all());
    plan.backward(
        PlanStep.of(label() + " backward data", () -> places.assign(outputGradient.array())));
    return copy;
  }

  private void planNativeGradients(PlanBuilder plan, Tensor outputGradient) {
    INDArray spread = plan.allocate(extent, extent, channels, 1);
    INDArray spreadGradient = plan.allocate(extent, extent, channels, 1);
    plan.backward(spreadStep(plan, spread, false));
    Consumer<Tensor> both =
        gradient ->
            plan.backward(
                new NativeStep(
                        label() + " backward",
                        "depthwise_conv2d_bp",
                        List.of(input()::array, () -> spread, outputGradient::array),
                        List.of(gradient.array(), spreadGradient))
                    .integers(arguments(depthwise.stride())));
    if (plan.wantsGradient(input())) {
      plan.contribute(input(), both);
    } else {
      both.accept(plan.scratch(input().shape()));
    }
    HostVector taps = HostVector.of(spreadGradient);
    HostVector weights = HostVector.of(gradient(plan, 0));
    double[] values = new double[weights.length()];
    plan.backward(
        PlanStep.of(
            label() + " backward",
            () -> {
              double[] spreadValues = taps.read();
              for (int tap = 0; tap < depthwise.kernel() * depthwise.kernel(); tap++) {
                System.arraycopy(
                    spreadValues, spreadTap(tap) * channels, values, tap * channels, channels);
              }
              weights.write(values);
            }));
  }

  /** Writes the weights with zeros between them, in reverse order for a gradient. */
  private PlanStep spreadStep(PlanBuilder plan, INDArray spread, boolean reversed) {
    HostVector weights = HostVector.of(parameter(plan, 0));
    HostVector spreadOut = HostVector.of(spread);
    double[] values = new double[spreadOut.length()];
    int last = extent * extent - 1;
    return PlanStep.of(
        label(),
        () -> {
          double[] taps = weights.read();
          for (int tap = 0; tap < depthwise.kernel() * depthwise.kernel(); tap++) {
            int place = reversed ? last - spreadTap(tap) : spreadTap(tap);
            System.arraycopy(taps, tap * channels, values, place * channels, channels);
          }
          spreadOut.write(values);
        });
  }

  /** Where a tap of the kernel lies in the kernel with zeros between the taps. */
  private int spreadTap(int tap) {
    int row = tap / depthwise.kernel() * depthwise.dilation();
    int column = tap % depthwise.kernel() * depthwise.dilation();
    return row * extent + column;
  }

  private String label() {
    return "depthwise %dx%d%s%s"
        .formatted(
            depthwise.kernel(),
            depthwise.kernel(),
            depthwise.stride() > 1 ? " stride 2" : "",
            depthwise.dilation() > 1 ? " dilated" : "");
  }

  /** Explicit padding, NHWC, weights [kH, kW, C, 1]. */
  private long[] arguments(int stride) {
    return new long[] {extent, extent, stride, stride, extent / 2, extent / 2, 1, 1, 0, 1, 0};
  }
}
