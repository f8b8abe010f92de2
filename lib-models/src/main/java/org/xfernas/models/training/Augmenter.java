package org.xfernas.models.training;

import java.util.random.RandomGenerator;
import org.xfernas.models.dataset.LabelledImages;
import org.xfernas.models.dataset.Standardisation;
import org.xfernas.models.network.ImageShape;
import org.xfernas.search.Seed;

/** Turns an image's bytes into standardised floats, cropped and mirrored at random on the way. */
final class Augmenter {
  private final ImageShape shape;
  private final Augmentation augmentation;
  private final float[][] tables;

  Augmenter(ImageShape shape, Augmentation augmentation, Standardisation standardisation) {
    this.shape = shape;
    this.augmentation = augmentation;
    tables = new float[shape.channels()][];
    for (int channel = 0; channel < tables.length; channel++) {
      tables[channel] = standardisation.table(channel);
    }
  }

  /** Writes an image as it is to {@code target}, from {@code at}. */
  void plain(LabelledImages images, int image, float[] target, int at) {
    draw(images, image, 0, 0, false, target, at);
  }

  /** Writes an image, varied as its seed says, to {@code target}, from {@code at}. */
  void varied(LabelledImages images, int image, Seed seed, float[] target, int at) {
    RandomGenerator random = seed.generator();
    int rows = augmentation.padding(shape.height());
    int columns = augmentation.padding(shape.width());
    int down = random.nextInt(-rows, rows + 1);
    int right = random.nextInt(-columns, columns + 1);
    boolean mirrored = augmentation.flip() && random.nextBoolean();
    draw(images, image, down, right, mirrored, target, at);
  }

  /** What lies outside of the image is black. */
  private void draw(
      LabelledImages images,
      int image,
      int down,
      int right,
      boolean mirrored,
      float[] target,
      int at) {
    byte[] pixels = images.pixels();
    int start = image * shape.size();
    int channels = shape.channels();
    int to = at;
    for (int row = 0; row < shape.height(); row++) {
      int fromRow = row + down;
      boolean rowInside = fromRow >= 0 && fromRow < shape.height();
      for (int column = 0; column < shape.width(); column++) {
        int fromColumn = (mirrored ? shape.width() - 1 - column : column) + right;
        boolean inside = rowInside && fromColumn >= 0 && fromColumn < shape.width();
        int from = start + (fromRow * shape.width() + fromColumn) * channels;
        for (int channel = 0; channel < channels; channel++) {
          int value = inside ? Byte.toUnsignedInt(pixels[from + channel]) : 0;
          target[to++] = tables[channel][value];
        }
      }
    }
  }
}
