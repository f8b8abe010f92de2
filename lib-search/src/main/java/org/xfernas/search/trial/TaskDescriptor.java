package org.xfernas.search.trial;

import java.util.List;

/**
 * What is known of a task's data set before anything is trained on it.
 *
 * @param height of an image, in pixels
 * @param width of an image, in pixels
 * @param channels of an image
 * @param channelMeans of each channel, in the file's own units
 * @param channelDeviations standard deviation of each channel, likewise
 * @param classShares share of each class in the training images; one per class
 */
public record TaskDescriptor(
    int height,
    int width,
    int channels,
    List<Double> channelMeans,
    List<Double> channelDeviations,
    List<Double> classShares) {
  /** What is expected of two data sets of equal descriptors, which may still be different tasks. */
  private static final double EQUAL_DESCRIPTORS = 0.6;

  /** Channels are bytes. */
  private static final double CHANNEL_RANGE = 255;

  public TaskDescriptor {
    channelMeans = List.copyOf(channelMeans);
    channelDeviations = List.copyOf(channelDeviations);
    classShares = List.copyOf(classShares);
  }

  /**
   * The agreement of ranks, from 0 to {@value #EQUAL_DESCRIPTORS}, that is to be expected of two
   * tasks before an architecture was evaluated on both: it falls exponentially with the sum of the
   * differences of their logarithmic image area, channels and classes, of their mean channel
   * statistics as shares of the range, and of the balance of their classes (R: our own choice).
   */
  public double expectedSimilarity(TaskDescriptor other) {
    double distance =
        Math.abs(Math.log((double) height * width / (other.height * other.width))) / 2
            + Math.abs(Math.log((double) channels / other.channels))
            + Math.abs(Math.log((double) classes() / other.classes()))
            + Math.abs(mean(channelMeans) - mean(other.channelMeans)) / CHANNEL_RANGE
            + Math.abs(mean(channelDeviations) - mean(other.channelDeviations)) / CHANNEL_RANGE
            + Math.abs(balance() - other.balance());
    return EQUAL_DESCRIPTORS * Math.exp(-distance);
  }

  private int classes() {
    return classShares.size();
  }

  private static double mean(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).average().orElse(0);
  }

  /** Entropy of the classes as a share of what it can be at most; 1 for a single class. */
  private double balance() {
    double entropy =
        classShares.stream().mapToDouble(share -> share > 0 ? -share * Math.log(share) : 0).sum();
    return classes() > 1 ? entropy / Math.log(classes()) : 1;
  }
}
