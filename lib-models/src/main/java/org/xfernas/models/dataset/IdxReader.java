package org.xfernas.models.dataset;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.xfernas.models.network.ImageShape;

/**
 * The idx files of the MNIST family: a big-endian header (magic number, count and, for images, rows
 * and columns), then bytes.
 */
final class IdxReader implements OfficialReader {
  static final int IMAGES_MAGIC = 0x00000803;
  static final int LABELS_MAGIC = 0x00000801;
  static final int IMAGES_HEADER = 16;
  static final int LABELS_HEADER = 8;
  private static final int CLASSES = 10;
  private static final int LARGEST_SIDE = 4096;
  private static final String REFETCH = "fetch the official file again";

  @Override
  public Parts read(Path dir) throws IOException {
    return new Parts(part(dir, "train"), part(dir, "t10k"));
  }

  private static LabelledImages part(Path dir, String name) throws IOException {
    Path imageFile = find(dir, name + "-images-idx3-ubyte");
    Path labelFile = find(dir, name + "-labels-idx1-ubyte");
    ByteBuffer images = content(imageFile);
    requireMagic(imageFile, images, IMAGES_MAGIC, IMAGES_HEADER);
    int count = size(imageFile, images, 4, "images", Integer.MAX_VALUE);
    ImageShape shape =
        new ImageShape(
            size(imageFile, images, 8, "rows", LARGEST_SIDE),
            size(imageFile, images, 12, "columns", LARGEST_SIDE),
            1);
    requireLength(imageFile, images, IMAGES_HEADER + (long) count * shape.size());

    ByteBuffer labels = content(labelFile);
    requireMagic(labelFile, labels, LABELS_MAGIC, LABELS_HEADER);
    int labelCount = labels.getInt(4);
    if (labelCount != count) {
      throw DataFileException.at(
          labelFile,
          "offset 4",
          count + " labels, one per image of " + imageFile.getFileName(),
          String.valueOf(labelCount),
          "take both files from the same data set");
    }
    requireLength(labelFile, labels, LABELS_HEADER + (long) count);
    return new LabelledImages(shape, bytes(images), labels(labelFile, bytes(labels)));
  }

  private static Path find(Path dir, String name) {
    Path plain = dir.resolve(name);
    Path zipped = dir.resolve(name + ".gz");
    if (Files.exists(plain)) {
      return plain;
    }
    if (Files.exists(zipped)) {
      return zipped;
    }
    throw DataFileException.missing(
        plain, "set xfernas.data.dir to a directory with this file, gzip (.gz) or not");
  }

  private static ByteBuffer content(Path file) throws IOException {
    if (!file.toString().endsWith(".gz")) {
      return ByteBuffer.wrap(Files.readAllBytes(file));
    }
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (InputStream zipped = new BufferedInputStream(Files.newInputStream(file));
        InputStream unzipped = new GZIPInputStream(zipped)) {
      unzipped.transferTo(content);
    } catch (EOFException | ZipException e) {
      throw DataFileException.of(
          file,
          "its gzip stream breaks off after %d unpacked bytes (%s)"
              .formatted(content.size(), e.getMessage()),
          REFETCH);
    }
    return ByteBuffer.wrap(content.toByteArray());
  }

  private static void requireMagic(Path file, ByteBuffer content, int magic, int header) {
    if (content.limit() < header) {
      throw DataFileException.truncated(file, header, content.limit());
    }
    if (content.getInt(0) != magic) {
      throw DataFileException.at(
          file,
          "offset 0",
          "magic number 0x%08x".formatted(magic),
          "0x%08x".formatted(content.getInt(0)),
          "this is no idx file of its name, " + REFETCH);
    }
    content.position(header);
  }

  private static int size(Path file, ByteBuffer content, int offset, String what, int most) {
    int size = content.getInt(offset);
    if (size < 1 || size > most) {
      throw DataFileException.at(
          file,
          "offset " + offset,
          "from 1 to %d %s".formatted(most, what),
          String.valueOf(size),
          REFETCH);
    }
    return size;
  }

  private static void requireLength(Path file, ByteBuffer content, long expected) {
    if (content.limit() < expected) {
      throw DataFileException.truncated(file, expected, content.limit());
    }
    if (content.limit() > expected) {
      throw DataFileException.of(
          file,
          "expected its end at offset %d, found %d bytes".formatted(expected, content.limit()),
          REFETCH);
    }
  }

  private static byte[] bytes(ByteBuffer content) {
    byte[] bytes = new byte[content.remaining()];
    content.get(bytes);
    return bytes;
  }

  private static int[] labels(Path file, byte[] bytes) {
    int[] labels = new int[bytes.length];
    for (int i = 0; i < bytes.length; i++) {
      labels[i] = Byte.toUnsignedInt(bytes[i]);
      if (labels[i] >= CLASSES) {
        throw DataFileException.label(file, "offset " + (LABELS_HEADER + i), CLASSES, labels[i]);
      }
    }
    return labels;
  }
}
