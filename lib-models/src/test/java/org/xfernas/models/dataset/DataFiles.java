package org.xfernas.models.dataset;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.zip.GZIPOutputStream;

/** Writes small data sets in the official formats. */
public final class DataFiles {
  /** Side of the images of {@link #writeIdx}. */
  public static final int SIDE = 8;

  private DataFiles() {}

  /**
   * An idx data set of {@link #SIDE} x {@link #SIDE} images whose classes can be told apart: a
   * bright bar at a place of the class's own on a noisy ground. Labels go round.
   */
  public static Path writeIdx(Path dir, int training, int test) throws IOException {
    writeIdxPart(dir, "train", training, 1);
    writeIdxPart(dir, "t10k", test, 2);
    return dir;
  }

  private static void writeIdxPart(Path dir, String name, int count, long seed) throws IOException {
    Random random = new Random(seed);
    byte[] pixels = new byte[count * SIDE * SIDE];
    byte[] labels = new byte[count];
    for (int image = 0; image < count; image++) {
      int label = image % 10;
      labels[image] = (byte) label;
      for (int row = 0; row < SIDE; row++) {
        for (int column = 0; column < SIDE; column++) {
          boolean bar = label < 5 ? row == label + 1 : column == label - 4;
          pixels[(image * SIDE + row) * SIDE + column] =
              (byte) (random.nextInt(60) + (bar ? 150 : 0));
        }
      }
    }
    Files.write(
        dir.resolve(name + "-images-idx3-ubyte"), idxImages(0x803, count, SIDE, SIDE, pixels));
    Files.write(dir.resolve(name + "-labels-idx1-ubyte"), idxLabels(0x801, count, labels));
  }

  static byte[] idxImages(int magic, int count, int rows, int columns, byte... pixels) {
    return ByteBuffer.allocate(16 + pixels.length)
        .putInt(magic)
        .putInt(count)
        .putInt(rows)
        .putInt(columns)
        .put(pixels)
        .array();
  }

  static byte[] idxLabels(int magic, int count, byte... labels) {
    return ByteBuffer.allocate(8 + labels.length).putInt(magic).putInt(count).put(labels).array();
  }

  static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream zipped = new GZIPOutputStream(bytes)) {
      zipped.write(content);
    }
    return bytes.toByteArray();
  }

  /**
   * CIFAR records: the label bytes given, then a picture whose bytes count up from {@code first}.
   */
  static byte[] cifarRecord(int first, int... labels) {
    byte[] record = new byte[labels.length + 3072];
    for (int i = 0; i < labels.length; i++) {
      record[i] = (byte) labels[i];
    }
    for (int i = 0; i < 3072; i++) {
      record[labels.length + i] = (byte) (first + i / 1024 * 50 + i % 7);
    }
    return record;
  }
}
