package org.xfernas.models.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Means and variances for inference, which follow those of the batches. They are parameters of the
 * vertex with an updater that subtracts their gradient as it is: the step towards the batch.
 */
final class RunningStatistics {
  /** Share of the new batch. */
  private static final double MOMENTUM = 0.1;

  private final HostVector running;
  private final HostVector step;
  private final double[] values;

  RunningStatistics(INDArray running, INDArray gradient) {
    this.running = HostVector.of(running);
    this.step = HostVector.of(gradient);
    this.values = new double[this.running.length()];
  }

  /** Makes the gradient that moves the statistics towards {@code factor} times the batch's. */
  void follow(double[] batch, double factor) {
    running.read(values);
    for (int i = 0; i < values.length; i++) {
      values[i] = MOMENTUM * (values[i] - factor * batch[i]);
    }
    step.write(values);
  }

  /** Factor between the variance within a batch and the unbiased estimate. */
  static double unbiased(long rows) {
    return rows / (double) Math.max(1, rows - 1);
  }
}
