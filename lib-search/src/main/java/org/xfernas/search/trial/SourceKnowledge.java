package org.xfernas.search.trial;

import java.util.List;

/**
 * What earlier tasks gave: the histories that a search may learn from beside its own. Scores of
 * different tasks are on scales of their own.
 *
 * @param tasks in a fixed order; their names differ
 */
public record SourceKnowledge(List<SourceTask> tasks) {

  /** Nothing: with it, a surrogate, a policy or an optimizer is the unmodified one. */
  public static final SourceKnowledge EMPTY = new SourceKnowledge(List.of());

  public SourceKnowledge {
    tasks = List.copyOf(tasks);
    if (tasks.stream().map(SourceTask::task).distinct().count() < tasks.size()) {
      throw new IllegalArgumentException(
          "Cannot learn from two sources of one name; give each task, metric and fidelity its own"
              + " (sources=%s)".formatted(tasks.stream().map(SourceTask::task).toList()));
    }
  }

  /** Whether there is no source. */
  public boolean isEmpty() {
    return tasks.isEmpty();
  }

  /**
   * One knowledge unit: results under one data set, protocol, fidelity and metric.
   *
   * @param task its name
   * @param history its results
   */
  public record SourceTask(String task, TrialHistory history) {}
}
