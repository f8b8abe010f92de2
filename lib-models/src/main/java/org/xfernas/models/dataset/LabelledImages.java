package org.xfernas.models.dataset;

import java.util.function.IntUnaryOperator;
import org.xfernas.models.network.ImageShape;

/** Images as bytes, NHWC, with a label each. The arrays are shared, not copied: never write. */
public final class LabelledImages {
  private final ImageShape shape;
  private final byte[] pixels;
  private final int[] labels;

  /**
   * @param shape of one image
   * @param pixels images in order, each by row, column and channel, values unsigned
   * @param labels one per image
   */
  LabelledImages(ImageShape shape, byte[] pixels, int[] labels) {
    if (pixels.length != labels.length * shape.size()) {
      throw new IllegalArgumentException(
          "%d bytes are not %d images of %s".formatted(pixels.length, labels.length, shape));
    }
    this.shape = shape;
    this.pixels = pixels;
    this.labels = labels;
  }

  /** Number of images. */
  public int count() {
    return labels.length;
  }

  /** Shape of one image. */
  public ImageShape shape() {
    return shape;
  }

  /** The label of an image. */
  public int label(int image) {
    return labels[image];
  }

  /** All pixels; an image starts at {@code image * shape().size()}. */
  public byte[] pixels() {
    return pixels;
  }

  /** The chosen images in the given order, relabelled, as a copy. */
  LabelledImages select(int[] images, IntUnaryOperator relabel) {
    int size = shape.size();
    byte[] chosenPixels = new byte[images.length * size];
    int[] chosenLabels = new int[images.length];
    for (int i = 0; i < images.length; i++) {
      System.arraycopy(pixels, images[i] * size, chosenPixels, i * size, size);
      chosenLabels[i] = relabel.applyAsInt(labels[images[i]]);
    }
    return new LabelledImages(shape, chosenPixels, chosenLabels);
  }
}
