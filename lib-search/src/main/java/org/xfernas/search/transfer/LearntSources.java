package org.xfernas.search.transfer;

import java.util.List;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;

/**
 * How much of its sources a network or a process is fitted to, so that a proposal is quick whatever
 * there is.
 */
public final class LearntSources {
  /**
   * Tasks: those expected to be most similar to the target, among equals those with most results.
   */
  public static final int MOST_TASKS = 40;

  /** Results of all of them together, chosen by value and coverage. */
  public static final int MOST_POINTS = 800;

  private LearntSources() {}

  /** Whether the tasks are more than that, or have more results. */
  public static boolean exceededBy(List<SourceTask> tasks) {
    return tasks.size() > MOST_TASKS
        || tasks.stream().mapToLong(task -> task.history().size()).sum() > MOST_POINTS;
  }
}
