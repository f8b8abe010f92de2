package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.xfernas.search.Seed;

/**
 * Which of the other tasks a target is told of, and what is done to what they tell. What is not set
 * is null: all of them, as they are.
 *
 * @param guardCase what is done to the values of each
 * @param sourceTasks how many of them
 * @param relatedness correlation of what each tells with its own normal scores, from -1 to 1; the
 *     rest is an {@link UnrelatedTask}
 * @param adversarial share of them whose values are negated, from 0 to 1
 * @param only the name of the only one
 */
record SourceCase(
    GuardCase guardCase, Integer sourceTasks, Double relatedness, Double adversarial, String only)
    implements Serializable {

  /** All sources, all of them treated alike. */
  static SourceCase of(GuardCase guardCase) {
    return new SourceCase(guardCase, null, null, null, null);
  }

  /** One source alone. */
  static SourceCase only(String task) {
    return new SourceCase(GuardCase.NONE, null, null, null, task);
  }

  /**
   * A source that a target is told of.
   *
   * @param task it
   * @param negated whether what is good on it is said to be bad
   */
  record Told(SweepTask task, boolean negated) {}

  /**
   * The sources of a target. Fewer are some of more, and so are the negated ones.
   *
   * @param others the other tasks
   * @param target the target's name
   * @param seed of the choice
   */
  List<Told> told(List<SweepTask> others, String target, Seed seed) {
    if (only != null) {
      return others.stream()
          .filter(task -> task.name().equals(only))
          .map(task -> new Told(task, false))
          .toList();
    }
    RandomGenerator random = seed.child("source-tasks", target).generator();
    List<Integer> order = RandomOrder.of(others.size(), random);
    int kept = sourceTasks == null ? others.size() : Math.min(sourceTasks, others.size());
    long negated = adversarial == null ? 0 : Math.round(adversarial * kept);
    return IntStream.range(0, others.size())
        .filter(at -> order.indexOf(at) < kept)
        .mapToObj(at -> new Told(others.get(at), order.indexOf(at) < negated))
        .toList();
  }

  /** The name in the tables: that of the guard case where nothing else is set. */
  String text() {
    List<String> parts = new ArrayList<>();
    if (sourceTasks != null) {
      parts.add("source-tasks=" + sourceTasks);
    }
    if (relatedness != null) {
      parts.add("relatedness=" + relatedness);
    }
    if (adversarial != null) {
      parts.add("adversarial=" + adversarial);
    }
    if (only != null) {
      parts.add("only " + only);
    }
    if (guardCase != GuardCase.NONE || parts.isEmpty()) {
      parts.add(0, guardCase.text());
    }
    return String.join(", ", parts);
  }
}
