package org.xfernas.models.layer;

import org.xfernas.models.layer.Operation.Depthwise;

/**
 * Where the numbers of a depthwise convolution's input and output rows lie, so that one loop of
 * vectors serves all cases. Channels are padded with zeros to a multiple of the vector, or to a
 * part of it so that a vector holds several neighbouring positions. With stride s a row of the
 * input is split into its s phases, in which positions that neighbouring outputs read are
 * neighbours.
 */
final class RowLayout {
  private final int stride;
  private final int channels;
  private final int padded;
  private final int vectors;
  private final int padding;
  private final int reach;
  private final int phaseLength;
  private final int[] taps;

  /**
   * @param outputWidth columns of the output
   * @param lanes floats of a vector
   */
  RowLayout(Depthwise depthwise, int channels, int outputWidth, int lanes) {
    this.stride = depthwise.stride();
    this.channels = channels;
    this.padded = pad(channels, lanes);
    int perVector = Math.max(1, lanes / padded);
    this.vectors = (outputWidth + perVector - 1) / perVector;
    this.padding = (depthwise.kernel() - 1) * depthwise.dilation() / 2;
    this.reach = padding / stride + 1;
    this.phaseLength = (vectors * perVector + 2 * reach) * padded;
    this.taps = new int[depthwise.kernel()];
    for (int tap = 0; tap < taps.length; tap++) {
      taps[tap] = inputPlace(tap * depthwise.dilation() - padding);
    }
  }

  private static int pad(int channels, int lanes) {
    if (channels >= lanes) {
      return (channels + lanes - 1) / lanes * lanes;
    }
    return channels == 1 ? 1 : 2 * Integer.highestOneBit(channels - 1);
  }

  /** Rows and columns around the input. */
  int padding() {
    return padding;
  }

  /** Channels with padding: a multiple or a divisor of the vector's lanes. */
  int padded() {
    return padded;
  }

  /** Floats from one vector of a row to the next one for the same channels. */
  int advance(int lanes) {
    return Math.max(padded, lanes);
  }

  /** Vectors of an output row for the same channels. */
  int vectors() {
    return vectors;
  }

  /** Floats of an input row. */
  int inputRow() {
    return stride * phaseLength;
  }

  /** Where column {@code column} of the input, which may lie in the padding, is in a row. */
  int inputPlace(int column) {
    int phase = Math.floorMod(column, stride);
    int index = Math.floorDiv(column, stride);
    return phase * phaseLength + (index + reach) * padded;
  }

  /** Where column {@code column} of the output is in a row. */
  int outputPlace(int column) {
    return column * padded;
  }

  /** Whether neighbouring columns of the input are neighbours in a row. */
  boolean wholeInputRows() {
    return stride == 1 && padded == channels;
  }

  /** Whether neighbouring columns of the output are neighbours in a row. */
  boolean wholeOutputRows() {
    return padded == channels;
  }

  /** For each column of the kernel, where in an input row the first output reads. */
  int[] taps() {
    return taps;
  }
}
