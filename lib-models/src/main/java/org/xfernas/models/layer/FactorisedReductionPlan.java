package org.xfernas.models.layer;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.xfernas.models.layer.Operation.FactorisedReduction;

/**
 * Two 1x1 convolutions of stride 2, one of them shifted by a row and a column, as one 2x2
 * convolution of stride 2 whose kernel is zero but at its first and last tap.
 */
final class FactorisedReductionPlan extends OperationPlan {
  /**
   * Kernel 2x2, stride 2, padding at the end where a size is odd; NHWC, weights [kH, kW, iC, oC].
   */
  private static final long[] ARGUMENTS = {2, 2, 2, 2, 0, 0, 1, 1, 1, 1, 0};

  private final int filters;
  private final int even;
  private final int channels;
  private INDArray kernel;

  FactorisedReductionPlan(Site site, FactorisedReduction reduction) {
    super(site);
    filters = reduction.filters();
    even = reduction.evenFilters();
    channels = input().channels();
  }

  @Override
  void forward(PlanBuilder plan) {
    kernel = plan.allocate(2, 2, channels, filters);
    HostVector kernelOut = HostVector.of(kernel);
    HostVector evenWeights = HostVector.of(parameter(plan, 0));
    HostVector oddWeights = HostVector.of(parameter(plan, 1));
    double[] taps = new double[kernelOut.length()];
    plan.forward(
        PlanStep.of(
            "factorised reduction",
            () -> {
              copy(evenWeights.read(), even, taps, firstTap(), true);
              copy(oddWeights.read(), filters - even, taps, lastTap(), true);
              kernelOut.write(taps);
            }));
    plan.forward(
        new NativeStep(
                "factorised reduction",
                "conv2d",
                List.of(input()::array, () -> kernel),
                List.of(output().array()))
            .integers(ARGUMENTS));
  }

  @Override
  void backward(PlanBuilder plan) {
    INDArray kernelGradient = plan.allocate(2, 2, channels, filters);
    plan.contribute(
        input(),
        gradient ->
            plan.backward(
                new NativeStep(
                        "factorised reduction backward",
                        "conv2d_bp",
                        List.of(input()::array, () -> kernel, plan.gradientOf(output())::array),
                        List.of(gradient.array(), kernelGradient))
                    .integers(ARGUMENTS)));
    HostVector kernelIn = HostVector.of(kernelGradient);
    HostVector evenGradient = HostVector.of(gradient(plan, 0));
    HostVector oddGradient = HostVector.of(gradient(plan, 1));
    double[] evenValues = new double[evenGradient.length()];
    double[] oddValues = new double[oddGradient.length()];
    plan.backward(
        PlanStep.of(
            "factorised reduction backward",
            () -> {
              double[] taps = kernelIn.read();
              copy(evenValues, even, taps, firstTap(), false);
              copy(oddValues, filters - even, taps, lastTap(), false);
              evenGradient.write(evenValues);
              oddGradient.write(oddValues);
            }));
  }

  private int firstTap() {
    return 0;
  }

  private int lastTap() {
    return 3 * channels * filters + even;
  }

  /** Copies [channels, columns] into one tap of the kernel from {@code start}, or back. */
  private void copy(double[] weights, int columns, double[] taps, int start, boolean intoTaps) {
    for (int channel = 0; channel < channels; channel++) {
      int tap = start + channel * filters;
      if (intoTaps) {
        System.arraycopy(weights, channel * columns, taps, tap, columns);
      } else {
        System.arraycopy(taps, tap, weights, channel * columns, columns);
      }
    }
  }
}
