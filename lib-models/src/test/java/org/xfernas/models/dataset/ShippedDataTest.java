package org.xfernas.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.models.dataset.TaskDescription.Origin;
import org.xfernas.models.network.ImageShape;
import org.xfernas.search.Seed;

/** The images in data/ and the command that makes them, as data/README.md gives it. */
class ShippedDataTest {
  private static final Path DATA = Path.of("../data");
  private static final Path SUBSET = DATA.resolve("fashion-mnist-subset");
  private static final List<String> FILES =
      List.of(
          "train-images-idx3-ubyte",
          "train-labels-idx1-ubyte",
          "t10k-images-idx3-ubyte",
          "t10k-labels-idx1-ubyte");

  @TempDir Path made;

  @Test
  void theSubsetLoads() {
    TaskDescription task =
        ImageTask.load(DataSettings.of(DataFormat.IDX, SUBSET), new Seed(1)).description();
    assertThat(task.shape()).isEqualTo(new ImageShape(28, 28, 1));
    assertThat(task.trainingImages()).isEqualTo(3600);
    assertThat(task.validationImages()).isEqualTo(400);
    assertThat(task.testImages()).isEqualTo(1000);
    assertThat(task.origin()).isEqualTo(Origin.OTHER);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "train-images-idx3-ubyte",
        "train-labels-idx1-ubyte",
        "t10k-images-idx3-ubyte",
        "t10k-labels-idx1-ubyte"
      })
  void theHashesAreTheReadmes(String file) throws Exception {
    assertThat(readme()).contains("| %s | `%s` |".formatted(file, sha256(SUBSET, file)));
  }

  @Test
  void theCommandMakesWhatShips() throws Exception {
    String[] command =
        Arrays.stream(readme().split("\n"))
            .filter(line -> line.startsWith("java -cp"))
            .findFirst()
            .orElseThrow()
            .split(" ");
    int main = Arrays.asList(command).indexOf(SubsetWriter.class.getName());
    String[] arguments = Arrays.copyOfRange(command, main + 1, command.length);
    assumeTrue(
        Files.isDirectory(Path.of(arguments[0])), "the full set is not installed: " + arguments[0]);
    arguments[1] = made.toString();
    SubsetWriter.main(arguments);
    for (String file : FILES) {
      assertThat(sha256(made, file)).as(file).isEqualTo(sha256(SUBSET, file));
    }
  }

  @Test
  void theFullSetIsKnown() {
    Path full = Path.of("/usr/share/datasets/fashion-mnist");
    assumeTrue(Files.isDirectory(full), "the full set is not installed: " + full);
    TaskDescription task =
        ImageTask.load(DataSettings.of(DataFormat.IDX, full), new Seed(1)).description();
    assertThat(task.origin()).isEqualTo(Origin.OFFICIAL);
    assertThat(task.trainingImages()).isEqualTo(54_000);
    assertThat(task.testImages()).isEqualTo(10_000);
    // As published for Fashion-MNIST, in units of 0 to 255: mean 0.2860, deviation 0.3530.
    assertThat(task.standardisation().means().get(0) / 255).isBetween(0.285, 0.287);
    assertThat(task.standardisation().standardDeviations().get(0) / 255).isBetween(0.352, 0.354);
  }

  private static String readme() throws IOException {
    return Files.readString(DATA.resolve("README.md"));
  }

  private static String sha256(Path dir, String file) throws Exception {
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (InputStream content =
        new DigestInputStream(
            new GZIPInputStream(Files.newInputStream(dir.resolve(file + ".gz"))), digest)) {
      content.transferTo(OutputStream.nullOutputStream());
    }
    return HexFormat.of().formatHex(digest.digest());
  }
}
