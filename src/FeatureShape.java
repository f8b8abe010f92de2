package org.xfernas.models.layer;

import java.io.Serializable;

/**
 * Shape of the feature maps of one image, channels last.
 *
 * @param height rows, at least 1
 * @param width columns, at least 1
 * @param channels maps, at least 1
 */
public record FeatureShape(int height, int width, int channels) implements Serializable {
  public FeatureShape {
    if (height < 1 || width < 1 || channels < 1) {
      throw new IllegalArgumentException(
          "Feature maps need at least one row, column and channel (height=%d, width=%d, channels=%d)"
              .formatted(height, width, channels));
    }
  }

  /** Every {@code vertical}-th row and {@code horizontal}-th column, the first included. */
  FeatureShape strided(int vertical, int horizontal) {
    return new FeatureShape(
        (height + vertical - 1) / vertical, (width + horizontal - 1) / horizontal, channels);
  }

  /** The same size with other channels. */
  FeatureShape withChannels(int others) {
    return new FeatureShape(height, width, others);
  }

  /** Whether another shape has as many rows and columns. */
  public boolean hasSizeOf(FeatureShape other) {
    return height == other.height && width == other.width;
  }

  /** Positions of one map. */
  long positions() {
    return (long) height * width;
  }

  /** Numbers in all maps. */
  long size() {
    return positions() * channels;
  }
}
