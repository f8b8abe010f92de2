package org.xfernas.models.dataset;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.xfernas.models.dataset.DataFiles.idxImages;
import static org.xfernas.models.dataset.DataFiles.idxLabels;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.models.dataset.DataSettings.Split;
import org.xfernas.models.dataset.TaskDescription.Origin;
import org.xfernas.search.Seed;

/** On images of two pixels: the first is the image's number, the second 250 minus it. */
class ImageTaskTest {
  private static final int TRAINING = 100;
  private static final int TEST = 30;

  @TempDir Path dir;

  @BeforeEach
  void writeNumberedImages() throws IOException {
    writePart("train", TRAINING, 0);
    writePart("t10k", TEST, 100);
  }

  private void writePart(String name, int count, int first) throws IOException {
    byte[] pixels = new byte[2 * count];
    byte[] labels = new byte[count];
    for (int i = 0; i < count; i++) {
      pixels[2 * i] = (byte) (first + i);
      pixels[2 * i + 1] = (byte) (250 - first - i);
      labels[i] = (byte) label(first + i);
    }
    Files.write(dir.resolve(name + "-images-idx3-ubyte"), idxImages(0x803, count, 2, 1, pixels));
    Files.write(dir.resolve(name + "-labels-idx1-ubyte"), idxLabels(0x801, count, labels));
  }

  private static int label(int image) {
    return image % 10;
  }

  @Test
  void theOfficialTrainingPartIsDividedWithoutOverlap() {
    ImageTask task = load(new Split(0.2, 0, 0, 0), 1);
    assertThat(images(task.validation())).hasSize(20);
    assertThat(images(task.training())).hasSize(80);
    assertThat(
            IntStream.concat(
                images(task.training()).stream().mapToInt(i -> i),
                images(task.validation()).stream().mapToInt(i -> i)))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(0, TRAINING).boxed().toList());
    assertThat(images(task.test()))
        .containsExactlyInAnyOrderElementsOf(IntStream.range(100, 100 + TEST).boxed().toList());
  }

  @Test
  void everyImageKeepsItsLabel() {
    ImageTask task = load(Split.DEFAULT, 1);
    for (LabelledImages part : List.of(task.training(), task.validation(), task.test())) {
      for (int i = 0; i < part.count(); i++) {
        assertThat(part.label(i)).isEqualTo(label(images(part).get(i)));
      }
    }
  }

  @Test
  void theSplitDependsOnTheSeedAlone() {
    assertThat(images(load(Split.DEFAULT, 1).training()))
        .isEqualTo(images(load(Split.DEFAULT, 1).training()))
        .isNotEqualTo(images(load(Split.DEFAULT, 2).training()));
  }

  @Test
  void limitsTakeFewerOfTheSameImages() {
    ImageTask all = load(new Split(0.2, 0, 0, 0), 1);
    ImageTask limited = load(new Split(0.2, 30, 7, 200), 1);
    assertThat(images(limited.training())).isEqualTo(images(all.training()).subList(0, 30));
    assertThat(images(limited.validation())).isEqualTo(images(all.validation()).subList(0, 7));
    assertThat(images(limited.test())).isEqualTo(images(all.test()));
  }

  @Test
  void trainingImagesAreInRandomOrder() {
    List<Integer> images = images(load(Split.DEFAULT, 1).training());
    assertThat(images).isNotEqualTo(images.stream().sorted().toList());
  }

  @Test
  void chosenClassesAreATaskOfTheirOwn() {
    ImageTask task =
        ImageTask.load(
            new DataSettings(DataFormat.IDX, dir, List.of(8, 3, 5), Split.DEFAULT), new Seed(1));
    assertThat(task.classes()).isEqualTo(3);
    assertThat(task.training().count() + task.validation().count()).isEqualTo(30);
    assertThat(task.test().count()).isEqualTo(9);
    List<Integer> renumbered = List.of(3, 5, 8);
    for (int i = 0; i < task.training().count(); i++) {
      int official = label(images(task.training()).get(i));
      assertThat(task.training().label(i)).isEqualTo(renumbered.indexOf(official));
    }
  }

  @Test
  void standardisationComesFromTheTrainingImagesAlone() {
    ImageTask task = load(new Split(0.5, 20, 0, 0), 1);
    double[] values = new double[40];
    for (int i = 0; i < 20; i++) {
      int image = images(task.training()).get(i);
      values[2 * i] = image;
      values[2 * i + 1] = 250 - image;
    }
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance =
        Arrays.stream(values).map(value -> (value - mean) * (value - mean)).average().orElseThrow();
    Standardisation standardisation = task.description().standardisation();
    assertThat(standardisation.means().get(0)).isCloseTo(mean, within(1e-9));
    assertThat(standardisation.standardDeviations().get(0))
        .isCloseTo(Math.sqrt(variance), within(1e-9));
    assertThat(standardisation.table(0)[200])
        .isCloseTo((float) ((200 - mean) / Math.sqrt(variance)), within(1e-6f));
  }

  @Test
  void aConstantChannelIsStandardisedToZero() {
    Standardisation constant = new Standardisation(List.of(7.0), List.of(0.0));
    assertThat(constant.table(0)).containsOnly(0f);
  }

  @Test
  void theDescriptionCounts() {
    TaskDescription description = load(new Split(0.2, 0, 0, 25), 1).description();
    assertThat(description.origin()).isEqualTo(Origin.OTHER);
    assertThat(description.trainingImages()).isEqualTo(80);
    assertThat(description.validationImages()).isEqualTo(20);
    assertThat(description.testImages()).isEqualTo(25);
    assertThat(description.classShares()).hasSize(10);
    assertThat(description.classShares().stream().mapToDouble(share -> share).sum())
        .isCloseTo(1, within(1e-9));
  }

  @Test
  void theFingerprintTellsTasksApart() throws IOException {
    String fingerprint = load(Split.DEFAULT, 1).description().fingerprint();
    assertThat(fingerprint)
        .hasSize(64)
        .isEqualTo(load(Split.DEFAULT, 1).description().fingerprint());
    assertThat(load(Split.DEFAULT, 2).description().fingerprint()).isNotEqualTo(fingerprint);
    assertThat(load(new Split(0.2, 0, 0, 0), 1).description().fingerprint())
        .isNotEqualTo(fingerprint);
    Path testLabels = dir.resolve("t10k-labels-idx1-ubyte");
    byte[] content = Files.readAllBytes(testLabels);
    content[8] = 9;
    Files.write(testLabels, content);
    assertThat(load(Split.DEFAULT, 1).description().fingerprint()).isNotEqualTo(fingerprint);
  }

  @Test
  void theFingerprintDoesNotDependOnThePacking() throws IOException {
    String fingerprint = load(Split.DEFAULT, 1).description().fingerprint();
    Path images = dir.resolve("train-images-idx3-ubyte");
    Files.write(Path.of(images + ".gz"), DataFiles.gzip(Files.readAllBytes(images)));
    Files.delete(images);
    assertThat(load(Split.DEFAULT, 1).description().fingerprint()).isEqualTo(fingerprint);
  }

  @Test
  void aDataFractionIsARoundedCount() {
    ImageTask task = load(new Split(0.2, 0, 0, 0), 1);
    assertThat(task.trainingImages(1)).isEqualTo(80);
    assertThat(task.trainingImages(0.33)).isEqualTo(26);
    assertThat(task.trainingImages(1e-6)).isEqualTo(1);
  }

  @Test
  void anEmptyPartIsRefused() {
    assertThatThrownBy(() -> load(new Split(1e-4, 0, 0, 0), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Cannot split " + dir)
        .hasMessageContaining("no image is left to be the validation part");
  }

  private ImageTask load(Split split, long seed) {
    return ImageTask.load(new DataSettings(DataFormat.IDX, dir, List.of(), split), new Seed(seed));
  }

  private static List<Integer> images(LabelledImages part) {
    return IntStream.range(0, part.count())
        .mapToObj(i -> Byte.toUnsignedInt(part.pixels()[2 * i]))
        .toList();
  }
}
