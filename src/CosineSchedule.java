package org.xfernas.models.layer;

import java.util.Objects;
import org.nd4j.linalg.schedule.ISchedule;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;

/**
 * Half a cosine from the first to the last value (Loshchilov and Hutter 2017, without restarts), by
 * iteration; the last value from then on.
 */
@JsonAutoDetect(fieldVisibility = JsonAutoDetect.Visibility.ANY)
public final class CosineSchedule implements ISchedule {
  private double first;
  private double last;
  private long iterations;

  /** For JSON. */
  @SuppressWarnings("unused")
  private CosineSchedule() {}

  /**
   * @param first value at iteration 0
   * @param last value from iteration {@code iterations} on
   * @param iterations length, at least 1
   */
  public CosineSchedule(double first, double last, long iterations) {
    this.first = first;
    this.last = last;
    this.iterations = iterations;
  }

  @Override
  public double valueAt(int iteration, int epoch) {
    double progress = Math.min(1, iteration / (double) iterations);
    return last + (first - last) * (1 + Math.cos(Math.PI * progress)) / 2;
  }

  @Override
  public ISchedule clone() {
    return new CosineSchedule(first, last, iterations);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CosineSchedule that
        && first == that.first
        && last == that.last
        && iterations == that.iterations;
  }

  @Override
  public int hashCode() {
    return Objects.hash(first, last, iterations);
  }
}
