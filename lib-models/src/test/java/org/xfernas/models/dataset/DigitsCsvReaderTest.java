package org.xfernas.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.models.dataset.OfficialReader.Parts;
import org.xfernas.models.network.ImageShape;

class DigitsCsvReaderTest {
  /** 64 values 0, 1, ..., 16, 0, 1, ... */
  private static final String PIXELS =
      IntStream.range(0, 64).mapToObj(i -> String.valueOf(i % 17)).collect(Collectors.joining(","));

  @TempDir Path dir;

  @BeforeEach
  void writeThreeImages() throws IOException {
    write("optdigits.tra", PIXELS + ",4", PIXELS + ",9");
    write("optdigits.tes", PIXELS + ",0");
  }

  @Test
  void readsBothParts() throws IOException {
    Parts parts = new DigitsCsvReader().read(dir);
    assertThat(parts.training().shape()).isEqualTo(new ImageShape(8, 8, 1));
    assertThat(parts.training().count()).isEqualTo(2);
    assertThat(parts.training().label(0)).isEqualTo(4);
    assertThat(parts.training().label(1)).isEqualTo(9);
    assertThat(parts.training().pixels()[64 + 16]).isEqualTo((byte) 16);
    assertThat(parts.training().pixels()[64 + 17]).isZero();
    assertThat(parts.test().label(0)).isZero();
  }

  @Test
  void refusesAMissingFile() throws IOException {
    Files.delete(dir.resolve("optdigits.tes"));
    assertRefused("optdigits.tes", "no such file; set xfernas.data.dir to the directory");
  }

  @Test
  void refusesALineThatBreaksOff() throws IOException {
    write("optdigits.tra", PIXELS + ",4", "0,1,2");
    assertRefused(
        "optdigits.tra", "expected 64 values and a label at line 2, found 3 values; the file may");
  }

  @Test
  void refusesAValueOutOfRange() throws IOException {
    write("optdigits.tra", "17" + PIXELS.substring(1) + ",4");
    assertRefused("optdigits.tra", "expected 0 to 16 at line 1 value 1, found 17");
  }

  @Test
  void refusesALabelOutOfRange() throws IOException {
    write("optdigits.tes", PIXELS + ",10");
    assertRefused("optdigits.tes", "expected a label from 0 to 9 at line 1 value 65, found 10");
  }

  @Test
  void refusesWhatIsNoNumber() throws IOException {
    write("optdigits.tra", PIXELS + ",-1");
    assertRefused("optdigits.tra", "expected a whole number at line 1 value 65, found \"-1\"");
  }

  @Test
  void refusesWhatIsNoText() throws IOException {
    Files.write(dir.resolve("optdigits.tra"), new byte[] {(byte) 0x1f, (byte) 0x8b, (byte) 0xff});
    assertRefused("optdigits.tra", "expected 64 values and a label at line 1, found 1 value");
  }

  private void assertRefused(String file, String sentence) {
    assertThatThrownBy(() -> new DigitsCsvReader().read(dir))
        .isInstanceOf(DataFileException.class)
        .hasMessageContaining("Cannot read " + dir.resolve(file) + ": ")
        .hasMessageContaining(sentence);
  }

  private void write(String name, String... lines) throws IOException {
    Files.write(dir.resolve(name), List.of(lines));
  }
}
