package org.xfernas.models.layer;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.xfernas.models.layer.Operation.Depthwise;

/**
 * dw[i, j, c] = sum over images and positions of dy[h, w, c] x[h s + i d - p, w s + j d - p, c],
 * with stride s, dilation d and padding p; the images are shared out among as many threads as
 * native code has.
 */
final class VectorDepthwiseWeightGradient implements DepthwiseWeightGradient {
  private final Tensor x;
  private final Tensor dy;
  private final FloatPointer dw;
  private final DepthwiseRowSums[] parts;
  private final float[] weights;

  /**
   * @param threads that share out the images
   */
  VectorDepthwiseWeightGradient(
      Depthwise depthwise, Tensor x, Tensor dy, INDArray dw, int threads) {
    this.x = x;
    this.dy = dy;
    this.dw = new FloatPointer(dw.data().addressPointer());
    RowLayout layout =
        new RowLayout(depthwise, x.channels(), dy.shape().width(), DepthwiseRowSums.LANES);
    parts = new DepthwiseRowSums[(int) Math.min(threads, x.array().size(0))];
    Arrays.setAll(parts, part -> new DepthwiseRowSums(depthwise, x.shape(), dy.shape(), layout));
    weights = new float[Math.toIntExact(dw.length())];
  }

  @Override
  public void run() {
    if (parts.length == 1) {
      sum(0);
    } else {
      IntStream.range(0, parts.length).parallel().forEach(this::sum);
    }
    Arrays.fill(weights, 0);
    for (DepthwiseRowSums part : parts) {
      part.addTo(weights);
    }
    dw.put(weights, 0, weights.length);
  }

  private void sum(int part) {
    long images = x.array().size(0);
    parts[part].sum(
        new FloatPointer(x.array().data().addressPointer()),
        new FloatPointer(dy.array().data().addressPointer()),
        part * images / parts.length,
        (part + 1) * images / parts.length);
  }
}
