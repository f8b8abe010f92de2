package org.xfernas.models.dataset;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.xfernas.models.network.ImageShape;

/**
 * The binary version of CIFAR-10 and CIFAR-100: records of label bytes and one 32x32 image, channel
 * by channel. The last label byte is read: CIFAR-100 has the coarse label before the fine one.
 */
final class CifarReader implements OfficialReader {
  static final CifarReader CIFAR_10 =
      new CifarReader(
          10,
          1,
          List.of(
              "data_batch_1.bin",
              "data_batch_2.bin",
              "data_batch_3.bin",
              "data_batch_4.bin",
              "data_batch_5.bin"),
          "test_batch.bin");
  static final CifarReader CIFAR_100 = new CifarReader(100, 2, List.of("train.bin"), "test.bin");

  private static final ImageShape SHAPE = new ImageShape(32, 32, 3);

  private final int classes;
  private final int labelBytes;
  private final List<String> trainingFiles;
  private final String testFile;

  private CifarReader(int classes, int labelBytes, List<String> trainingFiles, String testFile) {
    this.classes = classes;
    this.labelBytes = labelBytes;
    this.trainingFiles = trainingFiles;
    this.testFile = testFile;
  }

  @Override
  public Parts read(Path dir) throws IOException {
    return new Parts(part(dir, trainingFiles), part(dir, List.of(testFile)));
  }

  private LabelledImages part(Path dir, List<String> files) throws IOException {
    int record = labelBytes + SHAPE.size();
    int count = 0;
    for (String name : files) {
      count += count(dir.resolve(name), record);
    }
    byte[] pixels = new byte[count * SHAPE.size()];
    int[] labels = new int[count];
    int image = 0;
    for (String name : files) {
      Path file = dir.resolve(name);
      byte[] content = Files.readAllBytes(file);
      for (int start = 0; start < content.length; start += record, image++) {
        int labelAt = start + labelBytes - 1;
        labels[image] = Byte.toUnsignedInt(content[labelAt]);
        if (labels[image] >= classes) {
          throw DataFileException.label(file, "offset " + labelAt, classes, labels[image]);
        }
        interleave(content, start + labelBytes, pixels, image * SHAPE.size());
      }
    }
    return new LabelledImages(SHAPE, pixels, labels);
  }

  private static int count(Path file, int record) throws IOException {
    if (!Files.exists(file)) {
      throw DataFileException.missing(
          file, "set xfernas.data.dir to the directory of the unpacked binary version");
    }
    long bytes = Files.size(file);
    long records = Math.max(1, (bytes + record - 1) / record);
    if (bytes != records * record) {
      throw DataFileException.truncated(file, records * record, bytes);
    }
    return (int) records;
  }

  private static void interleave(byte[] planes, int from, byte[] pixels, int to) {
    int area = SHAPE.height() * SHAPE.width();
    for (int channel = 0; channel < SHAPE.channels(); channel++) {
      for (int i = 0; i < area; i++) {
        pixels[to + i * SHAPE.channels() + channel] = planes[from + channel * area + i];
      }
    }
  }
}
