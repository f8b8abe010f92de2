package org.xfernas.jobs.search;

import java.time.Duration;
import java.util.Optional;

/** Foresees when a search ends, from how much of its budget it used in a time. */
public final class TimeLeft {
  private TimeLeft() {}

  /**
   * The time that the rest of a budget lasts.
   *
   * @param elapsed time
   * @param used share of the budget that was used in that time
   * @param left share that is left
   * @return empty where nothing was used yet
   */
  public static Optional<Duration> of(Duration elapsed, double used, double left) {
    return used > 0
        ? Optional.of(Duration.ofMillis(Math.round(elapsed.toMillis() * left / used)))
        : Optional.empty();
  }

  /** The duration in words, to the second: {@code 1h 02m 03s}. */
  public static String text(Duration duration) {
    long seconds = duration.toSeconds();
    if (seconds < 60) {
      return "%ds".formatted(seconds);
    }
    return seconds < 3600
        ? "%dm %02ds".formatted(seconds / 60, seconds % 60)
        : "%dh %02dm %02ds".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60);
  }
}
