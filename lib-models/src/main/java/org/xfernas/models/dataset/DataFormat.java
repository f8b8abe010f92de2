package org.xfernas.models.dataset;

import java.util.Locale;

/** Formats of official files that can be read. */
public enum DataFormat {
  /** The MNIST family: {@code train-images-idx3-ubyte} and its three companions, gzip or not. */
  IDX(10, 60_000, 10_000),
  /** CIFAR-10's binary version: {@code data_batch_1.bin} to 5 and {@code test_batch.bin}. */
  CIFAR_10(10, 50_000, 10_000),
  /** CIFAR-100's binary version, fine labels: {@code train.bin} and {@code test.bin}. */
  CIFAR_100(100, 50_000, 10_000),
  /** UCI's optical digits, 8x8: {@code optdigits.tra} and {@code optdigits.tes}. */
  DIGITS_CSV(10, 3_823, 1_797);

  private final int classes;
  private final int trainingImages;
  private final int testImages;

  DataFormat(int classes, int trainingImages, int testImages) {
    this.classes = classes;
    this.trainingImages = trainingImages;
    this.testImages = testImages;
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
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
