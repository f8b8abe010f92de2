package org.xfernas.jobs.ablation;

import java.util.Arrays;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.trial.Objective;

/**
 * Makes the results of different tasks comparable: 0 is the best of the table, 100 its median.
 *
 * @param optimum best score of the table
 * @param median score of the table
 */
record RegretScale(double optimum, double median) {

  /**
   * The scale of a metric.
   *
   * @throws IllegalArgumentException where the table has no value of it that is better than its
   *     median
   */
  static RegretScale of(ArchitectureTable table, Objective objective) {
    return of(
        Arrays.stream(table.column(objective.metric()))
            .filter(Double::isFinite)
            .map(objective::score)
            .toArray(),
        objective);
  }

  /**
   * The scale of some scores, under the same condition.
   *
   * @param finite scores
   * @param objective that they are scores of
   */
  static RegretScale of(double[] finite, Objective objective) {
    double[] scores = Arrays.stream(finite).sorted().toArray();
    int count = scores.length;
    if (count == 0) {
      throw new IllegalArgumentException(
          "Cannot search by %s: the table has no value of it; choose another metric"
              .formatted(objective.metric()));
    }
    double median = (scores[(count - 1) / 2] + scores[count / 2]) / 2;
    if (scores[count - 1] == median) {
      throw new IllegalArgumentException(
          "Cannot search by %s: no value of the table is better than its median, so that there is nothing to find; choose another metric (median=%s, rows=%d)"
              .formatted(objective.metric(), objective.score(median), count));
    }
    return new RegretScale(scores[count - 1], median);
  }

  /** 100 (optimum - score) / (optimum - median). */
  double regret(double score) {
    return 100 * (optimum - score) / (optimum - median);
  }
}
