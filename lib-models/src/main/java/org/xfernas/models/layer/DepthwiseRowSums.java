package org.xfernas.models.layer;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.bytedeco.javacpp.FloatPointer;
import org.xfernas.models.layer.Operation.Depthwise;

/**
 * Products of a depthwise convolution's output gradient with its input, summed over some images:
 * one row of the one against one row of the other at a time, with the sums of one row of the kernel
 * in registers.
 */
final class DepthwiseRowSums {
  private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private final Depthwise depthwise;
  private final FeatureShape x;
  private final FeatureShape dy;
  private final RowLayout layout;
  private final int kernel;
  private final int advance;
  private final int vectors;
  private final int[] taps;
  private final float[] image;
  private final float[] xRows;
  private final float[] dyRows;
  private final float[] sums;

  /**
   * @param x shape of the input
   * @param dy shape of the output
   */
  DepthwiseRowSums(Depthwise depthwise, FeatureShape x, FeatureShape dy, RowLayout layout) {
    this.depthwise = depthwise;
    this.x = x;
    this.dy = dy;
    this.layout = layout;
    kernel = depthwise.kernel();
    advance = layout.advance(LANES);
    vectors = layout.vectors();
    taps = layout.taps();
    image = new float[(int) Math.max(x.size(), dy.size())];
    xRows = new float[x.height() * layout.inputRow()];
    dyRows = new float[dy.height() * vectors * advance];
    sums = new float[kernel * kernel * advance];
  }

  /** Kernel sizes that there is a loop for. */
  static boolean handles(int kernel) {
    return kernel == 3 || kernel == 5 || kernel == 7;
  }

  /** Sums over the images from {@code first} to before {@code end}. */
  void sum(FloatPointer inputs, FloatPointer outputGradients, long first, long end) {
    Arrays.fill(sums, 0);
    for (long n = first; n < end; n++) {
      inputs.position(n * x.size()).get(image, 0, (int) x.size());
      spreadInput();
      outputGradients.position(n * dy.size()).get(image, 0, (int) dy.size());
      spreadOutputGradient();
      addImage();
    }
  }

  /**
   * Adds the sums to {@code weights}, [kernel, kernel, channels]: those of positions that share a
   * vector together, those of padding nowhere.
   */
  void addTo(float[] weights) {
    int channels = x.channels();
    for (int tap = 0; tap < kernel * kernel; tap++) {
      for (int lane = 0; lane < advance; lane++) {
        int channel = lane % layout.padded();
        if (channel < channels) {
          weights[tap * channels + channel] += sums[tap * advance + lane];
        }
      }
    }
  }

  private void spreadInput() {
    int run = layout.wholeInputRows() ? x.width() : 1;
    for (int row = 0; row < x.height(); row++) {
      for (int column = 0; column < x.width(); column += run) {
        int from = (row * x.width() + column) * x.channels();
        int to = row * layout.inputRow() + layout.inputPlace(column);
        System.arraycopy(image, from, xRows, to, run * x.channels());
      }
    }
  }

  private void spreadOutputGradient() {
    int run = layout.wholeOutputRows() ? dy.width() : 1;
    for (int row = 0; row < dy.height(); row++) {
      for (int column = 0; column < dy.width(); column += run) {
        int from = (row * dy.width() + column) * dy.channels();
        int to = row * vectors * advance + layout.outputPlace(column);
        System.arraycopy(image, from, dyRows, to, run * dy.channels());
      }
    }
  }

  private void addImage() {
    for (int row = 0; row < dy.height(); row++) {
      for (int i = 0; i < kernel; i++) {
        int read = row * depthwise.stride() + i * depthwise.dilation() - layout.padding();
        if (read >= 0 && read < x.height()) {
          int sumsAt = i * kernel * advance;
          int xAt = read * layout.inputRow();
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
}
