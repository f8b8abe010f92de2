package org.xfernas.jobs.ablation;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/** What is done to the sources, to see that they cannot harm. */
enum GuardCase {
  /** Nothing: random draws. */
  NONE,
  /** What was good is bad: every value is negated. */
  FLIPPED,
  /** The values of each source are shuffled. */
  SHUFFLED,
  /** Half of the values of each source are shuffled among themselves. */
  HALF,
  /** Nothing, and the sources are histories of searches in the place of random draws. */
  HISTORY;

  /** The case of a name in a configuration. */
  static Optional<GuardCase> named(String name) {
    return Arrays.stream(values()).filter(guardCase -> guardCase.text().equals(name)).findFirst();
  }

  /** The name in a configuration and in the tables. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The scores of a source as the target is told them. */
  double[] disturb(double[] scores, RandomGenerator random) {
    return switch (this) {
      case NONE, HISTORY -> scores;
      case FLIPPED -> Arrays.stream(scores).map(score -> -score).toArray();
      case SHUFFLED -> shuffle(scores, scores.length, random);
      case HALF -> shuffle(scores, scores.length / 2, random);
    };
  }

  /** Shuffles {@code count} of the scores, drawn at random, among themselves. */
  private static double[] shuffle(double[] scores, int count, RandomGenerator random) {
    List<Integer> places = RandomOrder.of(scores.length, random).subList(0, count);
    List<Integer> order = RandomOrder.of(count, random);
    double[] shuffled = scores.clone();
    IntStream.range(0, count)
        .forEach(i -> shuffled[places.get(i)] = scores[places.get(order.get(i))]);
    return shuffled;
  }
}
