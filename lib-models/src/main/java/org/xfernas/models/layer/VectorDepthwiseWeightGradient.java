package org.xfernas.models.layer;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.javacpp.FloatPointer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.xfernas.models.layer.Operation.Depthwise;

/**
 * dw[i, j, c] = sum over images and positions of dy[h, w, c] x[h s + i d - p, w s + j d - p, c],
 * with one row of dy against one row of x at a time and the sums of one row of the kernel in
 * registers.
 *
 * <p>Rows are laid out so that one loop serves all cases. Channels are padded with zeros to a
 * multiple of the vector, or to a part of it so that a vector holds several neighbouring positions
 * (their sums are added at the end). With stride s a row of x is split into its s phases, in which
 * neighbouring positions are neighbours.
 */
final class VectorDepthwiseWeightGradient implements DepthwiseWeightGradient {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = SPECIES.length();

  private final Depthwise depthwise;
  private final Tensor x;
  private final Tensor dy;
  private final FloatPointer dw;

  private final int kernel;
  private final int channels;

  /** Channels with padding: a multiple or a divisor of the vector's lanes. */
  private final int padded;

  /** Floats from one vector of a row to the next one for the same channels. */
  private final int advance;

  /** Vectors of a row of dy for the same channels. */
  private final int vectors;

  private final int padding;
  private final int phaseLength;
  private final int[] taps;
  private final float[] image;
  private final float[] xRows;
  private final float[] dyRows;
  private final float[] sums;
  private final float[] result;

  VectorDepthwiseWeightGradient(Depthwise depthwise, Tensor x, Tensor dy, INDArray dw) {
    this.depthwise = depthwise;
    this.x = x;
    this.dy = dy;
    this.dw = new FloatPointer(dw.data().addressPointer());
    kernel = depthwise.kernel();
    channels = x.channels();
    padded = pad(channels);
    advance = Math.max(padded, LANES);
    int perVector = advance / padded;
    vectors = (dy.shape().width() + perVector - 1) / perVector;
    padding = (kernel - 1) * depthwise.dilation() / 2;
    int reach = padding / depthwise.stride() + 1;
    phaseLength = (vectors * perVector + 2 * reach) * padded;
    taps = new int[kernel];
    for (int tap = 0; tap < kernel; tap++) {
      taps[tap] = place(tap * depthwise.dilation() - padding);
    }
    image = new float[(int) Math.max(x.shape().size(), dy.shape().size())];
    xRows = new float[x.shape().height() * rowLength()];
    dyRows = new float[dy.shape().height() * vectors * advance];
    sums = new float[kernel * kernel * advance];
    result = new float[kernel * kernel * channels];
  }

  /** Kernel sizes that there is a loop for. */
  static boolean handles(int kernel) {
    return kernel == 3 || kernel == 5 || kernel == 7;
  }

  private static int pad(int channels) {
    if (channels >= LANES) {
      return (channels + LANES - 1) / LANES * LANES;
    }
    return channels == 1 ? 1 : 2 * Integer.highestOneBit(channels - 1);
  }

  private int rowLength() {
    return depthwise.stride() * phaseLength;
  }

  /** Where column {@code column} of x, which may lie in the padding, is in a row. */
  private int place(int column) {
    int reach = padding / depthwise.stride() + 1;
    int phase = Math.floorMod(column, depthwise.stride());
    int index = Math.floorDiv(column, depthwise.stride());
    return phase * phaseLength + (index + reach) * padded;
  }

  @Override
  public void run() {
    Arrays.fill(sums, 0);
    FloatPointer xIn = new FloatPointer(x.array().data().addressPointer());
    FloatPointer dyIn = new FloatPointer(dy.array().data().addressPointer());
    long images = x.array().size(0);
    for (long n = 0; n < images; n++) {
      readX(xIn, n);
      readDy(dyIn, n);
      addImage();
    }
    addLanes();
    dw.put(result, 0, result.length);
  }

  private void readX(FloatPointer from, long n) {
    int height = x.shape().height();
    int width = x.shape().width();
    from.position(n * x.shape().size());
    if (depthwise.stride() == 1 && padded == channels) {
      for (int row = 0; row < height; row++) {
        from.position(n * x.shape().size() + (long) row * width * channels)
            .get(xRows, row * rowLength() + place(0), width * channels);
      }
      return;
    }
    from.get(image, 0, (int) x.shape().size());
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        System.arraycopy(
            image,
            (row * width + column) * channels,
            xRows,
            row * rowLength() + place(column),
            channels);
      }
    }
  }

  private void readDy(FloatPointer from, long n) {
    int height = dy.shape().height();
    int width = dy.shape().width();
    from.position(n * dy.shape().size());
    if (vectors * advance == width * channels) {
      from.get(dyRows, 0, dyRows.length);
      return;
    }
    from.get(image, 0, (int) dy.shape().size());
    for (int row = 0; row < height; row++) {
      for (int column = 0; column < width; column++) {
        System.arraycopy(
            image,
            (row * width + column) * channels,
            dyRows,
            row * vectors * advance + column * padded,
            channels);
      }
    }
  }

  private void addImage() {
    for (int row = 0; row < dy.shape().height(); row++) {
      for (int i = 0; i < kernel; i++) {
        int read = row * depthwise.stride() + i * depthwise.dilation() - padding;
        if (read >= 0 && read < x.shape().height()) {
          int sumsAt = i * kernel * advance;
          int xAt = read * rowLength();
          int dyAt = row * vectors * advance;
          for (int lane = 0; lane < advance; lane += LANES) {
            switch (kernel) {
              case 3 -> add3(sumsAt + lane, xAt + lane, dyAt + lane);
              case 5 -> add5(sumsAt + lane, xAt + lane, dyAt + lane);
              default -> add7(sumsAt + lane, xAt + lane, dyAt + lane);
            }
          }
        }
      }
    }
  }

  private static FloatVector load(float[] values, int at) {
    return FloatVector.fromArray(SPECIES, values, at);
  }

  private void add3(int sumsAt, int xAt, int dyAt) {
    FloatVector s0 = load(sums, sumsAt);
    FloatVector s1 = load(sums, sumsAt + advance);
    FloatVector s2 = load(sums, sumsAt + 2 * advance);
    int x0 = xAt + taps[0];
    int x1 = xAt + taps[1];
    int x2 = xAt + taps[2];
    for (int v = 0, at = 0; v < vectors; v++, at += advance) {
      FloatVector g = load(dyRows, dyAt + at);
      s0 = g.fma(load(xRows, x0 + at), s0);
      s1 = g.fma(load(xRows, x1 + at), s1);
      s2 = g.fma(load(xRows, x2 + at), s2);
    }
    s0.intoArray(sums, sumsAt);
    s1.intoArray(sums, sumsAt + advance);
    s2.intoArray(sums, sumsAt + 2 * advance);
  }

  private void add5(int sumsAt, int xAt, int dyAt) {
    FloatVector s0 = load(sums, sumsAt);
    FloatVector s1 = load(sums, sumsAt + advance);
    FloatVector s2 = load(sums, sumsAt + 2 * advance);
    FloatVector s3 = load(sums, sumsAt + 3 * advance);
    FloatVector s4 = load(sums, sumsAt + 4 * advance);
    int x0 = xAt + taps[0];
    int x1 = xAt + taps[1];
    int x2 = xAt + taps[2];
    int x3 = xAt + taps[3];
    int x4 = xAt + taps[4];
    for (int v = 0, at = 0; v < vectors; v++, at += advance) {
      FloatVector g = load(dyRows, dyAt + at);
      s0 = g.fma(load(xRows, x0 + at), s0);
      s1 = g.fma(load(xRows, x1 + at), s1);
      s2 = g.fma(load(xRows, x2 + at), s2);
      s3 = g.fma(load(xRows, x3 + at), s3);
      s4 = g.fma(load(xRows, x4 + at), s4);
    }
    s0.intoArray(sums, sumsAt);
    s1.intoArray(sums, sumsAt + advance);
    s2.intoArray(sums, sumsAt + 2 * advance);
    s3.intoArray(sums, sumsAt + 3 * advance);
    s4.intoArray(sums, sumsAt + 4 * advance);
  }

  private void add7(int sumsAt, int xAt, int dyAt) {
    FloatVector s0 = load(sums, sumsAt);
    FloatVector s1 = load(sums, sumsAt + advance);
    FloatVector s2 = load(sums, sumsAt + 2 * advance);
    FloatVector s3 = load(sums, sumsAt + 3 * advance);
    FloatVector s4 = load(sums, sumsAt + 4 * advance);
    FloatVector s5 = load(sums, sumsAt + 5 * advance);
    FloatVector s6 = load(sums, sumsAt + 6 * advance);
    int x0 = xAt + taps[0];
    int x1 = xAt + taps[1];
    int x2 = xAt + taps[2];
    int x3 = xAt + taps[3];
    int x4 = xAt + taps[4];
    int x5 = xAt + taps[5];
    int x6 = xAt + taps[6];
    for (int v = 0, at = 0; v < vectors; v++, at += advance) {
      FloatVector g = load(dyRows, dyAt + at);
      s0 = g.fma(load(xRows, x0 + at), s0);
      s1 = g.fma(load(xRows, x1 + at), s1);
      s2 = g.fma(load(xRows, x2 + at), s2);
      s3 = g.fma(load(xRows, x3 + at), s3);
      s4 = g.fma(load(xRows, x4 + at), s4);
      s5 = g.fma(load(xRows, x5 + at), s5);
      s6 = g.fma(load(xRows, x6 + at), s6);
    }
    s0.intoArray(sums, sumsAt);
    s1.intoArray(sums, sumsAt + advance);
    s2.intoArray(sums, sumsAt + 2 * advance);
    s3.intoArray(sums, sumsAt + 3 * advance);
    s4.intoArray(sums, sumsAt + 4 * advance);
    s5.intoArray(sums, sumsAt + 5 * advance);
    s6.intoArray(sums, sumsAt + 6 * advance);
  }

  /** Adds up the positions that share a vector and drops the padding. */
  private void addLanes() {
    Arrays.fill(result, 0);
    for (int tap = 0; tap < kernel * kernel; tap++) {
      for (int lane = 0; lane < advance; lane++) {
        int channel = lane % padded;
        if (channel < channels) {
          result[tap * channels + channel] += sums[tap * advance + lane];
        }
      }
    }
  }
}
