package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** Permutations drawn at random. */
final class RandomOrder {
  private RandomOrder() {}

  /** The numbers from 0 to {@code count - 1}, every order equally likely. */
  static List<Integer> of(int count, RandomGenerator random) {
    List<Integer> order = new ArrayList<>(IntStream.range(0, count).boxed().toList());
    for (int last = count - 1; last > 0; last--) {
      Collections.swap(order, last, random.nextInt(last + 1));
    }
    return order;
  }
}
