package org.xfernas.search.trial;

import java.util.List;
import java.util.OptionalDouble;
import org.xfernas.search.space.SearchSpace;

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

  /** What the sources know of architectures that the space encodes. */
  public SourceKnowledge encodable(SearchSpace space) {
    List<SourceTask> reduced = tasks.stream().map(task -> task.encodable(space)).toList();
    return reduced.equals(tasks) ? this : new SourceKnowledge(reduced);
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
   * @param expectedSimilarity to the target, {@link TaskDescriptor#expectedSimilarity}; empty where
   *     one of them has no descriptor
   */
  public record SourceTask(String task, TrialHistory history, OptionalDouble expectedSimilarity) {

    /** A source of which nothing but its results is known. */
    public SourceTask(String task, TrialHistory history) {
      this(task, history, OptionalDouble.empty());
    }

    private SourceTask encodable(SearchSpace space) {
      return new SourceTask(task, history.encodable(space), expectedSimilarity);
    }
  }
}
