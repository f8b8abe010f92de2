package org.xfernas.models.dataset;

import java.util.Arrays;
import java.util.stream.Collectors;

/** Formats of official files that can be read. */
public enum DataFormat {
  /** The MNIST family: {@code train-images-idx3-ubyte} and its three companions, gzip or not. */
  IDX("idx", 10, 60_000, 10_000),
  /** CIFAR-10's binary version: {@code data_batch_1.bin} to 5 and {@code test_batch.bin}. */
  CIFAR_10("cifar-10", 10, 50_000, 10_000),
  /** CIFAR-100's binary version, fine labels: {@code train.bin} and {@code test.bin}. */
  CIFAR_100("cifar-100", 100, 50_000, 10_000),
  /** UCI's optical digits, 8x8: {@code optdigits.tra} and {@code optdigits.tes}. */
  DIGITS_CSV("digits-csv", 10, 3_823, 1_797);

  private final String text;
  private final int classes;
  private final int trainingImages;
  private final int testImages;

  DataFormat(String text, int classes, int trainingImages, int testImages) {
    this.text = text;
    this.classes = classes;
    this.trainingImages = trainingImages;
    this.testImages = testImages;
  }

  /**
   * The format of a name as written in a configuration.
   *
   * @throws IllegalArgumentException naming the formats that there are
   */
  public static DataFormat of(String text) {
    return Arrays.stream(values())
        .filter(format -> format.text.equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Cannot read data of this format: use one of %s (format=%s)"
                        .formatted(
                            Arrays.stream(values())
                                .map(DataFormat::toString)
                                .collect(Collectors.joining(", ")),
                            text)));
  }

  /** Number of classes; labels are below it. */
  public int classes() {
    return classes;
  }

  /** Whether the official parts have these numbers of images. */
  boolean hasOfficialCounts(int training, int test) {
    return training == trainingImages && test == testImages;
  }

  OfficialReader reader() {
    return switch (this) {
      case IDX -> new IdxReader();
      case CIFAR_10 -> CifarReader.CIFAR_10;
      case CIFAR_100 -> CifarReader.CIFAR_100;
      case DIGITS_CSV -> new DigitsCsvReader();
    };
  }

  /** The name as written in a configuration. */
  @Override
  public String toString() {
    return text;
  }
}
