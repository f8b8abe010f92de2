package org.xfernas.models.dataset;

import java.util.List;
import org.xfernas.models.network.ImageShape;

/**
 * What is stored of a task, and what tasks are compared by.
 *
 * @param fingerprint SHA-256 of the images, the split and the classes: equal for equal tasks
 * @param origin how sure it is that the official files were read
 * @param shape of one image
 * @param classes number of classes
 * @param trainingImages number of images to train on
 * @param validationImages number of images that guide the search
 * @param testImages number of images of the official test part
 * @param standardisation channel means and deviations of the training images
 * @param classShares share of each class in the training images
 */
public record TaskDescription(
    String fingerprint,
    Origin origin,
    ImageShape shape,
    int classes,
    int trainingImages,
    int validationImages,
    int testImages,
    Standardisation standardisation,
    List<Double> classShares) {
  public TaskDescription {
    classShares = List.copyOf(classShares);
  }

  /**
   * How many training images a share of them is, at least one.
   *
   * @param dataFraction in (0, 1]
   */
  public int trainingImages(double dataFraction) {
    return (int) Math.max(1, Math.round(trainingImages * dataFraction));
  }

  /** How sure it is that the official files were read. */
  public enum Origin {
    /** The content's hash is that of a published data set. */
    OFFICIAL,
    /** The number of images is the official one; the hash is not known here. */
    OFFICIAL_SIZE,
    /** A subset, or anything else. */
    OTHER
  }
}
