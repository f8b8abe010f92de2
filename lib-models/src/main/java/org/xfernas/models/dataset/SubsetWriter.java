package org.xfernas.models.dataset;

import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;
import org.xfernas.models.dataset.OfficialReader.Parts;
import org.xfernas.search.Seed;

/**
 * Writes a class-balanced subset of an idx data set, under the official file names: the command
 * that made the data that ships. Images keep their official order.
 */
public final class SubsetWriter {
  private static final String USAGE =
      "Usage: SubsetWriter SOURCE-DIR TARGET-DIR TRAINING-IMAGES TEST-IMAGES SEED";

  private SubsetWriter() {}

  /** Runs the command; see the usage that it prints without arguments. */
  public static void main(String[] args) throws IOException {
    if (args.length != 5) {
      System.err.println(USAGE);
      System.exit(2);
    }
    write(
        Path.of(args[0]),
        Path.of(args[1]),
        Integer.parseInt(args[2]),
        Integer.parseInt(args[3]),
        new Seed(Long.parseLong(args[4])));
  }

  /**
   * Writes a subset.
   *
   * @param source directory of the full data set
   * @param target directory to write to
   * @param training images, a multiple of the number of classes
   * @param test images, a multiple of the number of classes
   * @param seed of the choice
   */
  static void write(Path source, Path target, int training, int test, Seed seed)
      throws IOException {
    Parts parts = DataFormat.IDX.reader().read(source);
    Files.createDirectories(target);
    writePart(target, "train", balanced(parts.training(), training, seed.child("training")));
    writePart(target, "t10k", balanced(parts.test(), test, seed.child("test")));
  }

  private static LabelledImages balanced(LabelledImages images, int count, Seed seed) {
    int classes = DataFormat.IDX.classes();
    int[] chosen =
        IntStream.range(0, classes)
            .flatMap(label -> draw(images, label, count / classes, seed.child(label)))
            .sorted()
            .toArray();
    if (chosen.length != count) {
      throw new IllegalArgumentException(
          "Cannot balance %d images over %d classes of %d images: use a smaller multiple of %d"
              .formatted(count, classes, images.count(), classes));
    }
    return images.select(chosen, label -> label);
  }

  private static IntStream draw(LabelledImages images, int label, int count, Seed seed) {
    int[] members =
        IntStream.range(0, images.count()).filter(i -> images.label(i) == label).toArray();
    return Arrays.stream(Shuffle.of(members, seed)).limit(count);
  }

  private static void writePart(Path target, String name, LabelledImages images)
      throws IOException {
    try (DataOutputStream file = zipped(target.resolve(name + "-images-idx3-ubyte.gz"))) {
      file.writeInt(IdxReader.IMAGES_MAGIC);
      file.writeInt(images.count());
      file.writeInt(images.shape().height());
      file.writeInt(images.shape().width());
      file.write(images.pixels());
    }
    try (DataOutputStream file = zipped(target.resolve(name + "-labels-idx1-ubyte.gz"))) {
      file.writeInt(IdxReader.LABELS_MAGIC);
      file.writeInt(images.count());
      for (int image = 0; image < images.count(); image++) {
        file.writeByte(images.label(image));
      }
    }
  }

  private static DataOutputStream zipped(Path file) throws IOException {
    OutputStream out = Files.newOutputStream(file);
    return new DataOutputStream(
        new GZIPOutputStream(out) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        });
  }
}
