package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.TableFeatures;
import org.xfernas.search.space.ArchitectureFormatException;
import org.xfernas.search.space.SearchSpace;

/**
 * The table that a sweep searches in.
 *
 * @param values of the architectures
 * @param tasks whose columns it has
 * @param featureColumns that surrogates see beside the structure of an architecture
 */
record SweepTable(ArchitectureTable values, List<SweepTask> tasks, List<String> featureColumns)
    implements Serializable {

  /** The table of a sweep. */
  static SweepTable of(AblationSettings settings, ArchitectureTable values) {
    return new SweepTable(values, settings.sweepTasks(), settings.table().features());
  }

  /** What makes a sweep over this table impossible, each with its mend. */
  static List<String> problems(AblationSettings settings, ArchitectureTable values) {
    SweepTable table = of(settings, values);
    SweepKind kind = SweepKind.of(settings, Optional.empty());
    List<String> problems = new ArrayList<>();
    attempt(problems, table::features);
    attempt(problems, () -> table.requireArchitecturesOf(settings.space().orElseThrow().space()));
    problems.addAll(kind.problems(table));
    if (kind.learnsFromSources()) {
      int points = settings.grid().sourcePoints().stream().max(Integer::compare).orElse(0);
      table.tasks.forEach(task -> attempt(problems, () -> table.requireRows(task, points)));
    }
    return problems;
  }

  /** Adds what the check throws to the problems. */
  static void attempt(List<String> problems, Runnable check) {
    try {
      check.run();
    } catch (IllegalArgumentException e) {
      problems.add(e.getMessage());
    }
  }

  private void requireArchitecturesOf(SearchSpace space) {
    for (String text : values.architectures()) {
      try {
        space.parse(text);
      } catch (ArchitectureFormatException e) {
        throw new IllegalArgumentException(
            "an architecture of the table is none of the space; correct xfernas.ablation.space or table.architecture: "
                + e.getMessage(),
            e);
      }
    }
  }

  private void requireRows(SweepTask task, int points) {
    int rows = rows(task).size();
    if (rows < points) {
      throw new IllegalArgumentException(
          "cannot draw %d points of %s: the table has %d rows with a value of it; lower grid.source-points (task=%s)"
              .formatted(points, task.sourceMetric(), rows, task.name()));
    }
  }

  /** The rows that have a value of what the task gives as a source. */
  List<Integer> rows(SweepTask task) {
    return rows(task.sourceMetric());
  }

  /** The rows that have a value of the metric. */
  List<Integer> rows(String metric) {
    double[] column = values.column(metric);
    return IntStream.range(0, column.length)
        .filter(row -> Double.isFinite(column[row]))
        .boxed()
        .toList();
  }

  /** What surrogates see beside the structure of an architecture. */
  TableFeatures features() {
    return new TableFeatures(values, featureColumns);
  }

  /** The task of this name. */
  SweepTask task(String name) {
    return tasks.stream().filter(task -> task.name().equals(name)).findFirst().orElseThrow();
  }

  /** What a search on this target can learn from. */
  List<SweepTask> sources(String target) {
    return tasks.stream().filter(task -> !task.name().equals(target)).toList();
  }

  /** Scores by row: higher is better. */
  double[] scores(SweepTask task) {
    return Arrays.stream(values.column(task.sourceMetric()))
        .map(task.sourceObjective()::score)
        .toArray();
  }
}
