package org.xfernas.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.xfernas.models.dataset.DataFiles.gzip;
import static org.xfernas.models.dataset.DataFiles.idxImages;
import static org.xfernas.models.dataset.DataFiles.idxLabels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfernas.models.dataset.OfficialReader.Parts;
import org.xfernas.models.network.ImageShape;

class IdxReaderTest {
  private static final String IMAGES = "train-images-idx3-ubyte";
  private static final String LABELS = "train-labels-idx1-ubyte";

  @TempDir Path dir;

  @BeforeEach
  void writeTwoImages() throws IOException {
    write(
        IMAGES,
        idxImages(0x803, 2, 1, 3, (byte) 0, (byte) 127, (byte) 255, (byte) 4, (byte) 5, (byte) 6));
    write(LABELS, idxLabels(0x801, 2, (byte) 9, (byte) 0));
    write("t10k-images-idx3-ubyte", idxImages(0x803, 1, 1, 3, (byte) 7, (byte) 8, (byte) 9));
    write("t10k-labels-idx1-ubyte", idxLabels(0x801, 1, (byte) 3));
  }

  @Test
  void readsBothParts() throws IOException {
    assertTwoImages(read());
  }

  @Test
  void readsGzip() throws IOException {
    for (String name : new String[] {IMAGES, LABELS}) {
      write(name + ".gz", gzip(Files.readAllBytes(dir.resolve(name))));
      Files.delete(dir.resolve(name));
    }
    assertTwoImages(read());
  }

  private static void assertTwoImages(Parts parts) {
    assertThat(parts.training().shape()).isEqualTo(new ImageShape(1, 3, 1));
    assertThat(parts.training().pixels()).containsExactly(0, 127, 255, 4, 5, 6);
    assertThat(parts.training().label(0)).isEqualTo(9);
    assertThat(parts.training().label(1)).isZero();
    assertThat(parts.test().pixels()).containsExactly(7, 8, 9);
    assertThat(parts.test().label(0)).isEqualTo(3);
  }

  @ParameterizedTest
  @CsvSource({
    "-1, 1, 3, from 1 to 2147483647 images at offset 4, -1",
    "2, 0, 3, from 1 to 4096 rows at offset 8, 0",
    "2, 1, 65536, from 1 to 4096 columns at offset 12, 65536"
  })
  void refusesSizesThatNoImagesHave(int count, int rows, int columns, String expected, String found)
      throws IOException {
    write(IMAGES, idxImages(0x803, count, rows, columns));
    assertThatThrownBy(this::read)
        .hasMessageContaining(IMAGES)
        .hasMessageContaining("expected " + expected + ", found " + found);
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(dir.resolve(LABELS));
    assertRefused(
        LABELS,
        "no such file; set xfernas.data.dir to a directory with this file, gzip (.gz) or not");
  }

  @Test
  void refusesAWrongMagicNumber() throws IOException {
    write(IMAGES, idxImages(0x801, 2, 1, 3, new byte[6]));
    assertRefused(
        IMAGES,
        "expected magic number 0x00000803 at offset 0, found 0x00000801; this is no idx file of its"
            + " name, fetch the official file again");
  }

  @Test
  void refusesATruncatedFile() throws IOException {
    write(IMAGES, idxImages(0x803, 2, 1, 3, new byte[5]));
    assertRefused(
        IMAGES,
        "the file is truncated: expected 22 bytes, found 21, it ends at offset 21; fetch the"
            + " official file again");
  }

  @Test
  void refusesAHeaderThatBreaksOff() throws IOException {
    write(LABELS, new byte[] {0, 0, 8, 1});
    assertRefused(LABELS, "the file is truncated: expected 8 bytes, found 4");
  }

  @Test
  void refusesATruncatedGzip() throws IOException {
    byte[] zipped = gzip(idxLabels(0x801, 2, (byte) 9, (byte) 0));
    write(LABELS + ".gz", Arrays.copyOf(zipped, zipped.length - 10));
    Files.delete(dir.resolve(LABELS));
    assertRefused(LABELS + ".gz", "its gzip stream breaks off after");
  }

  @Test
  void refusesWhatIsNoGzip() throws IOException {
    write(LABELS + ".gz", new byte[20]);
    Files.delete(dir.resolve(LABELS));
    assertRefused(LABELS + ".gz", "(Not in GZIP format)");
  }

  @Test
  void refusesBytesAfterTheEnd() throws IOException {
    write(LABELS, idxLabels(0x801, 2, (byte) 9, (byte) 0, (byte) 1));
    assertRefused(LABELS, "expected its end at offset 10, found 11 bytes");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    write(LABELS, idxLabels(0x801, 2, (byte) 9, (byte) 200));
    assertRefused(
        LABELS,
        "expected a label from 0 to 9 at offset 9, found 200; set xfernas.data.format to the format"
            + " of this file");
  }

  @Test
  void refusesAnotherNumberOfLabelsThanImages() throws IOException {
    write(LABELS, idxLabels(0x801, 3, (byte) 1, (byte) 2, (byte) 3));
    assertRefused(
        LABELS,
        "expected 2 labels, one per image of train-images-idx3-ubyte at offset 4, found 3; take"
            + " both files from the same data set");
  }

  private void assertRefused(String file, String sentence) {
    assertThatThrownBy(this::read)
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("Cannot read " + dir.resolve(file) + ": ")
        .hasMessageContaining(sentence);
  }

  private Parts read() throws IOException {
    return new IdxReader().read(dir);
  }

  private void write(String name, byte[] content) throws IOException {
    Files.write(dir.resolve(name), content);
  }
}
