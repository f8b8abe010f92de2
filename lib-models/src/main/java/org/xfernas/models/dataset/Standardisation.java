package org.xfernas.models.dataset;

import java.util.List;

/**
 * Maps a pixel to (value - mean) / standard deviation of its channel.
 *
 * @param means of each channel, in the file's own units
 * @param standardDeviations of each channel; where a channel is constant it is mapped to 0
 */
public record Standardisation(List<Double> means, List<Double> standardDeviations) {
  public Standardisation {
    means = List.copyOf(means);
    standardDeviations = List.copyOf(standardDeviations);
  }

  /** The standardisation that gives {@code images} mean 0 and deviation 1 in every channel. */
  static Standardisation of(LabelledImages images) {
    int channels = images.shape().channels();
    long[] sums = new long[channels];
    long[] squares = new long[channels];
    byte[] pixels = images.pixels();
    for (int i = 0; i < pixels.length; i++) {
      int value = Byte.toUnsignedInt(pixels[i]);
      sums[i % channels] += value;
      squares[i % channels] += (long) value * value;
    }
    double count = (double) pixels.length / channels;
    Double[] means = new Double[channels];
    Double[] deviations = new Double[channels];
    for (int channel = 0; channel < channels; channel++) {
      means[channel] = sums[channel] / count;
      double variance = squares[channel] / count - means[channel] * means[channel];
      deviations[channel] = Math.sqrt(Math.max(0, variance));
    }
    return new Standardisation(List.of(means), List.of(deviations));
  }

  /** The standardised value of every byte, unsigned, of one channel. */
  public float[] table(int channel) {
    double deviation = standardDeviations.get(channel);
    float[] table = new float[256];
    for (int value = 0; value < table.length; value++) {
      table[value] = deviation == 0 ? 0 : (float) ((value - means.get(channel)) / deviation);
    }
    return table;
  }
}
