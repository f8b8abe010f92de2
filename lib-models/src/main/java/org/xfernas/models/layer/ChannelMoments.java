package org.xfernas.models.layer;

import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Sums over batch, rows and columns, taken as products of matrices, which is ten times faster than
 * a reduction along the channels: {@code 1'Y} per channel and {@code X'Y} per pair of channels.
 */
final class ChannelMoments {
  private final HostVector sums;
  private final HostVector products;
  private final double[] sum;
  private final double[] product;

  private ChannelMoments(INDArray sums, INDArray products) {
    this.sums = HostVector.of(sums);
    this.products = HostVector.of(products);
    this.sum = new double[this.sums.length()];
    this.product = new double[this.products.length()];
  }

  /** Plans the sums of a tensor and its products with itself, in training. */
  static ChannelMoments forward(PlanBuilder plan, Tensor x) {
    INDArray sums = plan.allocate(1, x.channels());
    INDArray products = plan.allocate(x.channels(), x.channels());
    plan.training(sumStep(plan, "batch norm sums", x, sums));
    plan.training(productStep("batch norm sums", x::matrix, x::matrix, products));
    return new ChannelMoments(sums, products);
  }

  /** Plans the sums of a gradient and its products with what was read, in the backward pass. */
  static ChannelMoments backward(PlanBuilder plan, Tensor x, Tensor gradient) {
    INDArray sums = plan.allocate(1, gradient.channels());
    INDArray products = plan.allocate(x.channels(), gradient.channels());
    plan.backward(sumStep(plan, "batch norm sums backward", gradient, sums));
    plan.backward(productStep("batch norm sums backward", x::matrix, gradient::matrix, products));
    return new ChannelMoments(sums, products);
  }

  private static PlanStep sumStep(PlanBuilder plan, String label, Tensor y, INDArray sums) {
    INDArray ones = plan.ones(y.rows());
    return new NativeStep(label, "matmul", List.of(() -> ones, y::matrix), List.of(sums))
        .integers(0, 0, 0);
  }

  private static PlanStep productStep(
      String label, Supplier<INDArray> x, Supplier<INDArray> y, INDArray products) {
    return new NativeStep(label, "matmul", List.of(x, y), List.of(products)).integers(1, 0, 0);
  }

  /** Takes over what the steps computed. */
  void read() {
    sums.read(sum);
    products.read(product);
  }

  /** Sum of each channel of y. */
  double[] sum() {
    return sum;
  }

  /** Row-major [channels of x, channels of y]. */
  double[] product() {
    return product;
  }
}
