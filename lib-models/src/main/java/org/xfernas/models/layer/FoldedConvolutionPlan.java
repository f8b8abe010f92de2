package org.xfernas.models.layer;

import static org.xfernas.models.layer.BatchNormPlan.MEAN;
import static org.xfernas.models.layer.BatchNormPlan.SCALE;
import static org.xfernas.models.layer.BatchNormPlan.SHIFT;
import static org.xfernas.models.layer.BatchNormPlan.VARIANCE;

import java.util.Arrays;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.layer.Operation.Convolution;

/**
 * A convolution and the batch norm that follows it as one product of matrices. With rows d of what
 * the kernel sees and weights W, the normalised values are d (W a) + b, and their mean and variance
 * follow from the sums and products of d alone: mean = m W, E[x^2] = diag(W' G W) with G = D'D / M.
 * The convolution's own result is never written. Backward, dD = dZ P + D Q + e, where dx = a dz + b
 * x + c is batch norm's gradient ({@link BatchNormPlan}): P = (W diag a)', Q = W diag(b) W', e = W
 * c.
 *
 * <p>A kernel larger than 1x1 first copies its windows side by side; then its input gets no
 * gradient.
 */
final class FoldedConvolutionPlan extends OperationPlan {
  private final Convolution convolution;
  private final int convolutionNode;
  private final int window;
  private final int filters;
  private final double[] mean;
  private final double[] variance;
  private final double[] weights;
  private final double[] productsByWeights;
  private ChannelMoments moments;
  private Tensor windows;

  FoldedConvolutionPlan(Site site, Convolution convolution, int convolutionNode) {
    super(site);
    this.convolution = convolution;
    this.convolutionNode = convolutionNode;
    this.window = convolution.window(input().channels());
    this.filters = convolution.filters();
    this.mean = new double[filters];
    this.variance = new double[filters];
    this.weights = new double[window * filters];
    this.productsByWeights = new double[window * filters];
  }

  @Override
  void forward(PlanBuilder plan) {
    windows = convolution.pointwise() ? input() : planWindows(plan);
    moments = ChannelMoments.forward(plan, windows);
    INDArray foldedWeights = plan.allocate(window, filters);
    INDArray foldedShift = plan.allocate(filters);
    HostVector weightsIn = HostVector.of(plan.parameters().get(convolutionNode, 0));
    HostVector runningMean = HostVector.of(parameter(plan, MEAN));
    HostVector runningVariance = HostVector.of(parameter(plan, VARIANCE));
    Folding folding =
        new Folding(
            HostVector.of(parameter(plan, SCALE)),
            HostVector.of(parameter(plan, SHIFT)),
            HostVector.of(foldedWeights),
            HostVector.of(foldedShift));
    plan.training(
        PlanStep.of(
            "folded batch norm",
            () -> {
              weightsIn.read(weights);
              moments.read();
              computeStatistics();
              folding.fold(weights, mean, variance);
            }));
    plan.inference(
        PlanStep.of(
            "folded batch norm",
            () -> folding.fold(weightsIn.read(), runningMean.read(), runningVariance.read())));
    plan.forward(
        new NativeStep(
            "pointwise and batch norm",
            "xw_plus_b",
            List.of(windows::matrix, () -> foldedWeights, () -> foldedShift),
            List.of(output().matrix())));
  }

  private Tensor planWindows(PlanBuilder plan) {
    Tensor result = plan.allocate(output().shape().withChannels(window));
    INDArray identity =
        plan.allocate(
            convolution.kernelHeight(), convolution.kernelWidth(), input().channels(), window);
    identity.assign(Nd4j.eye(window).castTo(identity.dataType()).reshape('c', identity.shape()));
    plan.forward(
        new NativeStep(
                "windows",
                "conv2d",
                List.of(input()::array, () -> identity),
                List.of(result.array()))
            .integers(ConvolutionPlan.arguments(convolution)));
    return result;
  }

  private void computeStatistics() {
    long rows = windows.rows();
    multiply(moments.product(), weights, productsByWeights, window, window, filters);
    Arrays.fill(mean, 0);
    Arrays.fill(variance, 0);
    for (int i = 0; i < window; i++) {
      for (int f = 0; f < filters; f++) {
        mean[f] += moments.sum()[i] * weights[i * filters + f];
        variance[f] += weights[i * filters + f] * productsByWeights[i * filters + f];
      }
    }
    for (int f = 0; f < filters; f++) {
      mean[f] /= rows;
      variance[f] = Math.max(0, variance[f] / rows - mean[f] * mean[f]);
    }
  }

  @Override
  void backward(PlanBuilder plan) {
    Tensor outputGradient = plan.gradientOf(output());
    ChannelMoments gradientMoments = ChannelMoments.backward(plan, windows, outputGradient);
    HostVector scale = HostVector.of(parameter(plan, SCALE));
    HostVector scaleGradient = HostVector.of(gradient(plan, SCALE));
    HostVector shiftGradient = HostVector.of(gradient(plan, SHIFT));
    HostVector weightsGradient = HostVector.of(plan.gradients().get(convolutionNode, 0));
    RunningStatistics means = new RunningStatistics(parameter(plan, MEAN), gradient(plan, MEAN));
    RunningStatistics variances =
        new RunningStatistics(parameter(plan, VARIANCE), gradient(plan, VARIANCE));
    BatchNormPlan.InputGradient normGradient = new BatchNormPlan.InputGradient(filters);
    WindowGradient windowGradient = plan.wantsGradient(input()) ? new WindowGradient(plan) : null;
    plan.backward(
        PlanStep.of(
            "folded batch norm backward",
            () -> {
              gradientMoments.read();
              normGradient.compute(
                  windows.rows(),
                  mean,
                  variance,
                  scale.read(),
                  gradientMoments.sum(),
                  outputProducts(gradientMoments));
              scaleGradient.write(normGradient.scaleGradient);
              shiftGradient.write(gradientMoments.sum());
              weightsGradient.write(weightsGradient(normGradient, gradientMoments));
              means.follow(mean, 1);
              variances.follow(variance, RunningStatistics.unbiased(windows.rows()));
              if (windowGradient != null) {
                windowGradient.compute(normGradient);
              }
            }));
    if (windowGradient != null) {
      plan.contribute(input(), gradient -> windowGradient.plan(plan, outputGradient, gradient));
    }
  }

  /** Sums of dz with the convolution's result, from those with what the kernel sees. */
  private double[] outputProducts(ChannelMoments gradientMoments) {
    double[] products = new double[filters];
    for (int i = 0; i < window; i++) {
      for (int f = 0; f < filters; f++) {
        products[f] += weights[i * filters + f] * gradientMoments.product()[i * filters + f];
      }
    }
    return products;
  }

  private double[] weightsGradient(
      BatchNormPlan.InputGradient norm, ChannelMoments gradientMoments) {
    double[] gradient = new double[window * filters];
    for (int i = 0; i < window; i++) {
      for (int f = 0; f < filters; f++) {
        int at = i * filters + f;
        gradient[at] =
            norm.ofGradient[f] * gradientMoments.product()[at]
                + norm.ofInput[f] * productsByWeights[at]
                + norm.constant[f] * moments.sum()[i];
      }
    }
    return gradient;
  }

  /** Row-major C = A B, A [rows, inner], B [inner, columns]. */
  private static void multiply(
      double[] a, double[] b, double[] c, int rows, int inner, int columns) {
    Arrays.fill(c, 0, rows * columns, 0);
    for (int i = 0; i < rows; i++) {
      for (int k = 0; k < inner; k++) {
        double factor = a[i * inner + k];
        for (int j = 0; j < columns; j++) {
          c[i * columns + j] += factor * b[k * columns + j];
        }
      }
    }
  }

  /** Weights and shift with a normalisation folded into them. */
  private final class Folding {
    private final HostVector scale;
    private final HostVector shift;
    private final HostVector foldedWeights;
    private final HostVector foldedShift;
    private final double[] folded = new double[window * filters];
    private final double[] shifts = new double[filters];

    Folding(HostVector scale, HostVector shift, HostVector foldedWeights, HostVector foldedShift) {
      this.scale = scale;
      this.shift = shift;
      this.foldedWeights = foldedWeights;
      this.foldedShift = foldedShift;
    }

    void fold(double[] unfolded, double[] means, double[] variances) {
      double[] factors = scale.read();
      shift.read(shifts);
      for (int f = 0; f < filters; f++) {
        factors[f] /= Math.sqrt(variances[f] + BatchNormPlan.EPSILON);
        shifts[f] -= means[f] * factors[f];
      }
      for (int i = 0; i < window; i++) {
        for (int f = 0; f < filters; f++) {
          folded[i * filters + f] = unfolded[i * filters + f] * factors[f];
        }
      }
      foldedWeights.write(folded);
      foldedShift.write(shifts);
    }
  }

  /** dD = dZ P + D Q + e. */
  private final class WindowGradient {
    private final INDArray ofGradient;
    private final INDArray ofInput;
    private final INDArray constant;
    private final double[] p = new double[filters * window];
    private final double[] q = new double[window * window];
    private final double[] e = new double[window];
    private final double[] weighted = new double[window * filters];
    private final double[] transposed = new double[filters * window];
    private final HostVector pOut;
    private final HostVector qOut;
    private final HostVector eOut;

    WindowGradient(PlanBuilder plan) {
      ofGradient = plan.allocate(filters, window);
      ofInput = plan.allocate(window, window);
      constant = plan.allocate(window);
      pOut = HostVector.of(ofGradient);
      qOut = HostVector.of(ofInput);
      eOut = HostVector.of(constant);
    }

    void compute(BatchNormPlan.InputGradient norm) {
      Arrays.fill(e, 0);
      for (int i = 0; i < window; i++) {
        for (int f = 0; f < filters; f++) {
          double weight = weights[i * filters + f];
          p[f * window + i] = weight * norm.ofGradient[f];
          weighted[i * filters + f] = weight * norm.ofInput[f];
          transposed[f * window + i] = weight;
          e[i] += weight * norm.constant[f];
        }
      }
      multiply(weighted, transposed, q, window, filters, window);
      pOut.write(p);
      qOut.write(q);
      eOut.write(e);
    }

    void plan(PlanBuilder plan, Tensor outputGradient, Tensor gradient) {
      plan.backward(
          new NativeStep(
              "pointwise and batch norm backward",
              "xw_plus_b",
              List.of(outputGradient::matrix, () -> ofGradient, () -> constant),
              List.of(gradient.matrix())));
      plan.backward(
          PlanStep.of(
              "pointwise and batch norm backward",
              () ->
                  Nd4j.gemm(windows.matrix(), ofInput, gradient.matrix(), false, false, 1.0, 1.0)));
    }
  }
}
