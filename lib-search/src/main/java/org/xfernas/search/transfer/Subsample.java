package org.xfernas.search.transfer;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Chooses which of many results are learnt from, by value and coverage: one half are the best, the
 * other half lie evenly over the ranks of the rest.
 */
final class Subsample {
  private Subsample() {}

  /** Indices of at most {@code limit} of the values, ascending; all where they are no more. */
  static int[] indices(double[] values, int limit) {
    if (values.length <= limit) {
      return IntStream.range(0, values.length).toArray();
    }
    int[] descending =
        IntStream.range(0, values.length)
            .boxed()
            .sorted(Comparator.comparingDouble(index -> -values[index]))
            .mapToInt(index -> index)
            .toArray();
    int best = limit / 2;
    double step = (double) (values.length - best) / (limit - best);
    return IntStream.concat(
            Arrays.stream(descending, 0, best),
            IntStream.range(0, limit - best).map(at -> descending[best + (int) (at * step)]))
        .sorted()
        .toArray();
  }
}
