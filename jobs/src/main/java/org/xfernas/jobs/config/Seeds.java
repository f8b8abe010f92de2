package org.xfernas.jobs.config;

import java.util.List;
import java.util.stream.LongStream;

/**
 * The seeds of repetitions in a configuration: a number stands for 1 to that number, a list for
 * itself.
 *
 * @param values each once, in order
 */
public record Seeds(List<Long> values) {
  public Seeds {
    values = values.stream().distinct().toList();
  }

  /** The seeds 1 to {@code last}. */
  static Seeds upTo(long last) {
    return new Seeds(LongStream.rangeClosed(1, last).boxed().toList());
  }
}
