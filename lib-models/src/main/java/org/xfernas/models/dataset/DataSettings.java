package org.xfernas.models.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;

/**
 * Which images make a task.
 *
 * @param format of the official files
 * @param dir that the official files are in
 * @param classes labels of the classes that make the task; they are renumbered from 0 in ascending
 *     order; empty: all classes of the format
 * @param split how the official files are divided
 */
public record DataSettings(DataFormat format, Path dir, List<Integer> classes, Split split) {
  public DataSettings {
    Objects.requireNonNull(dir, "dir");
    Objects.requireNonNull(split, "split");
    TreeSet<Integer> distinct = new TreeSet<>(classes);
    if (distinct.size() != classes.size() || distinct.size() == 1) {
      throw new IllegalArgumentException(
          "classes must be at least two different labels, or none for all (classes=%s)"
              .formatted(classes));
    }
    for (int label : distinct) {
      if (label < 0 || label >= format.classes()) {
        throw new IllegalArgumentException(
            "classes must be labels of the format %s, 0 to %d (class=%d)"
                .formatted(format, format.classes() - 1, label));
      }
    }
    classes = List.copyOf(distinct);
  }

  /** All classes of a directory, split as {@link Split#DEFAULT}. */
  public static DataSettings of(DataFormat format, Path dir) {
    return new DataSettings(format, dir, List.of(), Split.DEFAULT);
  }

  /** Number of classes of the task. */
  public int classCount() {
    return classes.isEmpty() ? format.classes() : classes.size();
  }

  /**
   * How the official files are divided: validation images are drawn from the official training
   * part, the test part is the official one. A limit of 0 is none.
   *
   * @param validationFraction share of the official training part that is validated on, in (0, 1)
   * @param trainingLimit most images to train on
   * @param validationLimit most images to validate on
   * @param testLimit most images to test on
   */
  public record Split(
      double validationFraction, int trainingLimit, int validationLimit, int testLimit) {

    /** A tenth for validation, no limits: 45,000 and 5,000 of CIFAR's 50,000. */
    public static final Split DEFAULT = new Split(0.1, 0, 0, 0);

    public Split {
      if (!(validationFraction > 0 && validationFraction < 1)) {
        throw new IllegalArgumentException(
            "validation-fraction must be in (0, 1) (validation-fraction=%s)"
                .formatted(validationFraction));
      }
      requireLimit("training-limit", trainingLimit);
      requireLimit("validation-limit", validationLimit);
      requireLimit("test-limit", testLimit);
    }

    private static void requireLimit(String name, int limit) {
      if (limit < 0) {
        throw new IllegalArgumentException(
            "%s must be a number of images, or 0 for all (%s=%d)".formatted(name, name, limit));
      }
    }
  }
}
