package org.xfernas.models.network;

import org.xfernas.models.layer.FeatureShape;

/**
 * Shape of one image; batches are NHWC.
 *
 * @param height rows
 * @param width columns
 * @param channels values per pixel
 */
public record ImageShape(int height, int width, int channels) {

  /** Number of values of one image. */
  public int size() {
    return height * width * channels;
  }

  FeatureShape features() {
    return new FeatureShape(height, width, channels);
  }

  @Override
  public String toString() {
    return height + "x" + width + "x" + channels;
  }
}
