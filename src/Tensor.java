package org.xfernas.models.layer;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Feature maps of a batch, as a plan's steps know them: [batch, height, width, channels] in one
 * dense row-major array. The array of a plan's inputs and of its output gradient changes from pass
 * to pass: steps ask for it at each run.
 */
final class Tensor {
  private final FeatureShape shape;
  private final long batch;
  private INDArray bound;
  private INDArray array;
  private INDArray matrix;

  /** A tensor without an array until {@link #bind}. */
  Tensor(FeatureShape shape, long batch) {
    this.shape = shape;
    this.batch = batch;
  }

  /** A tensor in this array. */
  Tensor(FeatureShape shape, INDArray array) {
    this(shape, array.size(0));
    bind(array);
  }

  /** Reads {@code values} from now on. */
  void bind(INDArray values) {
    if (bound != values) {
      bound = values;
      array = values.reshape('c', batch, shape.height(), shape.width(), shape.channels());
      matrix = values.reshape('c', rows(), shape.channels());
    }
  }

  FeatureShape shape() {
    return shape;
  }

  int channels() {
    return shape.channels();
  }

  /** As [batch, height, width, channels]. */
  INDArray array() {
    return array;
  }

  /** As [batch x height x width, channels]. */
  INDArray matrix() {
    return matrix;
  }

  /** Batch x height x width. */
  long rows() {
    return batch * shape.positions();
  }
}
