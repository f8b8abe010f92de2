package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Batch normalisation (Ioffe and Szegedy 2015): y = scale (x - mean) / deviation + shift. Both
 * passes are affine per channel; libnd4j's {@code batchnorm} is used for these, never its slow
 * gradient. With s = 1 / deviation, D = the scale's gradient = s (sum(x dy) - mean sum(dy)) and M
 * rows: dx = a dy + b x + c, a = scale s, b = -a s D / M, c = -a sum(dy) / M - b mean.
 */
final class BatchNormPlan extends OperationPlan {
  static final double EPSILON = 1e-5;

  // Order of a batch norm's parameters.
  static final int SCALE = 0;
  static final int SHIFT = 1;
  static final int MEAN = 2;
  static final int VARIANCE = 3;

  private final int channels;
  private final double[] mean;
  private final double[] variance;

  BatchNormPlan(Site site) {
    super(site);
    channels = input().channels();
    mean = new double[channels];
    variance = new double[channels];
  }

  @Override
  void forward(PlanBuilder plan) {
    long rows = input().rows();
    INDArray batchMean = plan.allocate(channels);
    INDArray batchVariance = plan.allocate(channels);
    HostVector meanOut = HostVector.of(batchMean);
    HostVector varianceOut = HostVector.of(batchVariance);
    ChannelMoments moments = ChannelMoments.forward(plan, input());
    plan.training(
        PlanStep.of(
            "batch norm",
            () -> {
              moments.read();
              for (int c = 0; c < channels; c++) {
                mean[c] = moments.sum()[c] / rows;
                double square = moments.product()[c * channels + c] / rows;
                variance[c] = Math.max(0, square - mean[c] * mean[c]);
              }
              meanOut.write(mean);
              varianceOut.write(variance);
            }));
    plan.training(normalise(plan, batchMean, batchVariance));
    plan.inference(normalise(plan, parameter(plan, MEAN), parameter(plan, VARIANCE)));
  }

  private PlanStep normalise(PlanBuilder plan, INDArray batchMean, INDArray batchVariance) {
    INDArray scale = parameter(plan, SCALE);
    INDArray shift = parameter(plan, SHIFT);
    return affine(
        "batch norm",
        input()::array,
        List.of(batchMean, batchVariance, scale, shift),
        output().array(),
        EPSILON);
  }

  /** scale (x - mean) / sqrt(variance + epsilon) + shift per channel. */
  private static PlanStep affine(
      String label,
      Supplier<INDArray> x,
      List<INDArray> meanVarianceScaleShift,
      INDArray y,
      double epsilon) {
    List<Supplier<INDArray>> inputs = new ArrayList<>(List.of(x));
    meanVarianceScaleShift.forEach(vector -> inputs.add(() -> vector));
    return new NativeStep(label, "batchnorm", inputs, List.of(y))
        .integers(1, 1, 3)
        .numbers(epsilon);
  }

  @Override
  void backward(PlanBuilder plan) {
    Tensor outputGradient = plan.gradientOf(output());
    ChannelMoments moments = ChannelMoments.backward(plan, input(), outputGradient);
    HostVector scale = HostVector.of(parameter(plan, SCALE));
    HostVector scaleGradient = HostVector.of(gradient(plan, SCALE));
    HostVector shiftGradient = HostVector.of(gradient(plan, SHIFT));
    RunningStatistics means = new RunningStatistics(parameter(plan, MEAN), gradient(plan, MEAN));
    RunningStatistics variances =
        new RunningStatistics(parameter(plan, VARIANCE), gradient(plan, VARIANCE));
    INDArray ofGradient = plan.allocate(channels);
    INDArray ofInput = plan.allocate(channels);
    INDArray constant = plan.allocate(channels);
    HostVector a = HostVector.of(ofGradient);
    HostVector b = HostVector.of(ofInput);
    HostVector c = HostVector.of(constant);
    InputGradient inputGradient = new InputGradient(channels);
    plan.backward(
        PlanStep.of(
            "batch norm backward",
            () -> {
              moments.read();
              inputGradient.compute(
                  input().rows(), mean, variance, scale.read(), moments.sum(), diagonal(moments));
              scaleGradient.write(inputGradient.scaleGradient);
              shiftGradient.write(moments.sum());
              a.write(inputGradient.ofGradient);
              b.write(inputGradient.ofInput);
              c.write(inputGradient.constant);
              means.follow(mean, 1);
              variances.follow(variance, RunningStatistics.unbiased(input().rows()));
            }));
    if (plan.wantsGradient(input())) {
      INDArray zeros = plan.allocate(channels).assign(0);
      INDArray ones = plan.allocate(channels).assign(1);
      Tensor fromInput = plan.scratch(input().shape());
      plan.contribute(
          input(),
          gradient -> {
            plan.backward(
                affine(
                    "batch norm backward",
                    input()::array,
                    List.of(zeros, ones, ofInput, constant),
                    fromInput.array(),
                    0));
            plan.backward(
                affine(
                    "batch norm backward",
                    outputGradient::array,
                    List.of(zeros, ones, ofGradient, zeros),
                    gradient.array(),
                    0));
            plan.backward(
                new NativeStep(
                    "batch norm backward",
                    "add",
                    List.of(gradient::array, fromInput::array),
                    List.of(gradient.array())));
          });
    }
  }

  private double[] diagonal(ChannelMoments moments) {
    double[] diagonal = new double[channels];
    for (int c = 0; c < channels; c++) {
      diagonal[c] = moments.product()[c * channels + c];
    }
    return diagonal;
  }

  /** Coefficients of dx = ofGradient dy + ofInput x + constant, per channel. */
  static final class InputGradient {
    final double[] scaleGradient;
    final double[] ofGradient;
    final double[] ofInput;
    final double[] constant;

    InputGradient(int channels) {
      scaleGradient = new double[channels];
      ofGradient = new double[channels];
      ofInput = new double[channels];
      constant = new double[channels];
    }

    /**
     * @param sums of dy
     * @param products of dy with x
     */
    void compute(
        long rows,
        double[] mean,
        double[] variance,
        double[] scale,
        double[] sums,
        double[] products) {
      for (int c = 0; c < mean.length; c++) {
        double inverse = 1 / Math.sqrt(variance[c] + EPSILON);
        scaleGradient[c] = inverse * (products[c] - mean[c] * sums[c]);
        ofGradient[c] = scale[c] * inverse;
        ofInput[c] = -ofGradient[c] * inverse * scaleGradient[c] / rows;
        constant[c] = -ofGradient[c] * sums[c] / rows - ofInput[c] * mean[c];
      }
    }
  }
}
