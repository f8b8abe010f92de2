package org.xfernas.models.layer;

import java.util.Optional;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.layer.Operation.Depthwise;

/**
 * Gradient of a depthwise convolution's weights in Java's Vector API, for floats in the host's
 * memory: libnd4j falls to a slow product of matrices for kernels above 3x3. Needs the module
 * {@code jdk.incubator.vector} on the command line.
 */
interface DepthwiseWeightGradient extends Runnable {

  /**
   * The kernel for this operation, where there is one, on as many threads as native code has.
   *
   * @param x what was read
   * @param dy gradient of the output
   * @param dw receives the gradient of the weights, [kernel, kernel, channels, 1]
   */
  static Optional<DepthwiseWeightGradient> of(
      Depthwise depthwise, Tensor x, Tensor dy, INDArray dw) {
    boolean possible =
        ModuleLayer.boot().findModule("jdk.incubator.vector").isPresent()
            && HostVector.onHost()
            && dw.dataType() == DataType.FLOAT
            && DepthwiseRowSums.handles(depthwise.kernel());
    return possible
        ? Optional.of(
            new VectorDepthwiseWeightGradient(
                depthwise, x, dy, dw, Nd4j.getEnvironment().maxThreads()))
        : Optional.empty();
  }
}
