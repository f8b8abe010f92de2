package org.xfernas.models.dataset;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xfernas.models.dataset.DataSettings.Split;
import org.xfernas.models.dataset.OfficialReader.Parts;
import org.xfernas.models.network.ImageShape;
import org.xfernas.search.Seed;

/**
 * A data set in memory, as a task: its classes chosen and renumbered, split once for all
 * candidates, and with the standardisation that the training images give. The split depends on the
 * settings and the seed alone. Training images are in random order, so that the first of them are a
 * random subset.
 */
public final class ImageTask {
  private final LabelledImages training;
  private final LabelledImages validation;
  private final LabelledImages test;
  private final TaskDescription description;

  private ImageTask(
      LabelledImages training,
      LabelledImages validation,
      LabelledImages test,
      TaskDescription description) {
    this.training = training;
    this.validation = validation;
    this.test = test;
    this.description = description;
  }

  /**
   * Reads and splits a data set.
   *
   * @param settings which images
   * @param seed of the split
   * @throws DataFileException where a file is missing or is not what its name says
   * @throws IllegalArgumentException where a part of the split would be empty
   */
  public static ImageTask load(DataSettings settings, Seed seed) {
    Parts official;
    try {
      official = settings.format().reader().read(settings.dir());
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot read data in " + settings.dir(), e);
    }
    return split(settings, official, seed);
  }

  private static ImageTask split(DataSettings settings, Parts official, Seed seed) {
    Split split = settings.split();
    Classes classes = new Classes(settings);
    int[] drawn = Shuffle.of(classes.members(official.training()), seed.child("training"));
    int forValidation = (int) Math.round(drawn.length * split.validationFraction());
    int[] validation = head(drawn, 0, forValidation, split.validationLimit());
    int[] training = head(drawn, forValidation, drawn.length, split.trainingLimit());
    int[] testMembers = Shuffle.of(classes.members(official.test()), seed.child("test"));
    int[] test = head(testMembers, 0, testMembers.length, split.testLimit());
    requireImages(settings, "training", training);
    requireImages(settings, "validation", validation);
    requireImages(settings, "test", test);

    LabelledImages trainingImages = classes.select(official.training(), training);
    LabelledImages validationImages = classes.select(official.training(), validation);
    LabelledImages testImages = classes.select(official.test(), test);
    TaskDescription description =
        new TaskDescription(
            Fingerprint.of(settings.classCount(), trainingImages, validationImages, testImages),
            Fingerprint.origin(settings.format(), official),
            trainingImages.shape(),
            settings.classCount(),
            trainingImages.count(),
            validationImages.count(),
            testImages.count(),
            Standardisation.of(trainingImages),
            classShares(trainingImages, settings.classCount()));
    return new ImageTask(trainingImages, validationImages, testImages, description);
  }

  private static int[] head(int[] images, int from, int to, int limit) {
    int count = limit == 0 ? to - from : Math.min(limit, to - from);
    return IntStream.range(from, from + count).map(i -> images[i]).toArray();
  }

  private static void requireImages(DataSettings settings, String part, int[] images) {
    if (images.length == 0) {
      throw new IllegalArgumentException(
          "Cannot split %s: no image is left to be the %s part (%s, classes=%s); use more data"
              .formatted(settings.dir(), part, settings.split(), settings.classes()));
    }
  }

  private static List<Double> classShares(LabelledImages images, int classes) {
    int[] counts = new int[classes];
    for (int image = 0; image < images.count(); image++) {
      counts[images.label(image)]++;
    }
    return Arrays.stream(counts).mapToObj(count -> (double) count / images.count()).toList();
  }

  /** Images to train on, in random order. */
  public LabelledImages training() {
    return training;
  }

  /** Images that guide the search. */
  public LabelledImages validation() {
    return validation;
  }

  /** Images of the official test part, for the report alone. */
  public LabelledImages test() {
    return test;
  }

  /** What is stored of the task. */
  public TaskDescription description() {
    return description;
  }

  /** Shape of one image. */
  public ImageShape shape() {
    return description.shape();
  }

  /** Number of classes. */
  public int classes() {
    return description.classes();
  }

  /**
   * How many training images a share of them is: the first that many of {@link #training()}, the
   * same for all candidates.
   *
   * @param dataFraction in (0, 1]
   */
  public int trainingImages(double dataFraction) {
    return description.trainingImages(dataFraction);
  }
}
