package org.xfernas.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfernas.models.dataset.DataFiles.cifarRecord;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.models.dataset.OfficialReader.Parts;
import org.xfernas.models.network.ImageShape;

class CifarReaderTest {
  @TempDir Path dir;

  @BeforeEach
  void writeBothDataSets() throws IOException {
    for (int batch = 1; batch <= 5; batch++) {
      write("data_batch_" + batch + ".bin", join(cifarRecord(batch, batch), cifarRecord(0, 9)));
    }
    write("test_batch.bin", cifarRecord(3, 7));
    write("train.bin", join(cifarRecord(1, 19, 99), cifarRecord(2, 3, 0)));
    write("test.bin", cifarRecord(4, 0, 42));
  }

  @Test
  void readsTheFiveBatchesInOrder() throws IOException {
    Parts parts = CifarReader.CIFAR_10.read(dir);
    assertThat(parts.training().shape()).isEqualTo(new ImageShape(32, 32, 3));
    assertThat(labels(parts.training())).containsExactly(1, 9, 2, 9, 3, 9, 4, 9, 5, 9);
    assertThat(labels(parts.test())).containsExactly(7);
  }

  @Test
  void readsFineLabels() throws IOException {
    Parts parts = CifarReader.CIFAR_100.read(dir);
    assertThat(labels(parts.training())).containsExactly(99, 0);
    assertThat(labels(parts.test())).containsExactly(42);
  }

  @Test
  void turnsPlanesIntoPixels() throws IOException {
    LabelledImages images = CifarReader.CIFAR_10.read(dir).training();
    // Image 2 is batch 2's first: its planes begin with 2, 52 and 102 and count up modulo 7.
    int start = 2 * 3072;
    assertThat(Arrays.copyOfRange(images.pixels(), start, start + 6))
        .containsExactly(
            2, 2 + 50 + 1024 % 7, 2 + 100 + 2048 % 7, 3, 3 + 50 + 1024 % 7, 3 + 100 + 2048 % 7);
  }

  @Test
  void refusesAMissingBatch() throws IOException {
    Files.delete(dir.resolve("data_batch_4.bin"));
    assertRefused(
        CifarReader.CIFAR_10,
        "Cannot read " + dir.resolve("data_batch_4.bin"),
        "no such file; set xfernas.data.dir to the directory of the unpacked binary version");
  }

  @Test
  void refusesATruncatedRecord() throws IOException {
    byte[] records = join(cifarRecord(1, 19, 99), cifarRecord(2, 3, 0));
    write("train.bin", Arrays.copyOf(records, records.length - 1));
    assertRefused(
        CifarReader.CIFAR_100,
        "Cannot read " + dir.resolve("train.bin"),
        "the file is truncated: expected 6148 bytes, found 6147, it ends at offset 6147");
  }

  @Test
  void refusesAnEmptyFile() throws IOException {
    write("test.bin", new byte[0]);
    assertRefused(
        CifarReader.CIFAR_100,
        "Cannot read " + dir.resolve("test.bin"),
        "the file is truncated: expected 3074 bytes, found 0");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    write("data_batch_2.bin", join(cifarRecord(0, 1), cifarRecord(0, 10)));
    assertRefused(
        CifarReader.CIFAR_10,
        "Cannot read " + dir.resolve("data_batch_2.bin"),
        "expected a label from 0 to 9 at offset 3073, found 10; set xfernas.data.format");
  }

  @Test
  void refusesAFineLabelOutOfRange() throws IOException {
    write("test.bin", cifarRecord(0, 19, 100));
    assertRefused(
        CifarReader.CIFAR_100,
        "Cannot read " + dir.resolve("test.bin"),
        "expected a label from 0 to 99 at offset 1, found 100");
  }

  private void assertRefused(CifarReader reader, String... parts) {
    assertThatThrownBy(() -> reader.read(dir))
        .isInstanceOf(DataFileException.class)
        .hasMessageContainingAll(parts);
  }

  private static int[] labels(LabelledImages images) {
    int[] labels = new int[images.count()];
    Arrays.setAll(labels, images::label);
    return labels;
  }

  private static byte[] join(byte[] first, byte[] second) {
    return ByteBuffer.allocate(first.length + second.length).put(first).put(second).array();
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(dir.resolve(name), content);
  }
}
