package org.xfernas.models.dataset;

import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;

/** A random order (Fisher and Yates) that depends on the seed alone. */
public final class Shuffle {
  private Shuffle() {}

  /** The items in random order, as a copy. */
  public static int[] of(int[] items, Seed seed) {
    int[] order = items.clone();
    RandomGenerator random = seed.generator();
    for (int last = order.length - 1; last > 0; last--) {
      int other = random.nextInt(last + 1);
      int item = order[last];
      order[last] = order[other];
      order[other] = item;
    }
    return order;
  }
}
