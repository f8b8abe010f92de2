package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One way in which the target may follow the sources: f = a + b g + r, where g is a weighted sum of
 * source processes, the slope b is near 1, the level a unknown, and r a residual process.
 *
 * @param name in a word
 * @param logPrior logarithm of the prior probability, up to a constant
 * @param expected weights of the source processes in g: first of u, then of each task's own; all
 *     zero where the target follows none
 * @param directions sums of source processes that f may contain more or less of
 */
record Link(String name, double logPrior, double[] expected, List<Direction> directions) {
  private static final double SLOPE_VARIANCE = 0.1;
  private static final double DEVIATION_VARIANCE = 0.5;

  /**
   * A weighted sum of source processes with a random factor of mean 0.
   *
   * @param weights of the source processes
   * @param variance of the factor
   */
  record Direction(double[] weights, double variance) {}

  /** The links to these source tasks, the one to none included. */
  static List<Link> all(List<String> tasks) {
    int processes = 1 + tasks.size();
    if (tasks.isEmpty()) {
      return List.of(none(processes, 0));
    }
    List<Link> links = new ArrayList<>();
    links.add(none(processes, -2));
    links.add(to("universal", 0, processes, 0, 1));
    links.add(to("reverse", -3, processes, 0, -1));
    if (tasks.size() > 1) {
      links.add(reweighted(-0.5, processes));
      for (int task = 0; task < tasks.size(); task++) {
        links.add(to(tasks.get(task), -1, processes, 1 + task, 1));
      }
    }
    return links;
  }

  private static Link none(int processes, double logPrior) {
    return new Link("none", logPrior, new double[processes], List.of());
  }

  private static Link to(String name, double logPrior, int processes, int process, double slope) {
    double[] expected = new double[processes];
    expected[process] = slope;
    return new Link(name, logPrior, expected, List.of(new Direction(expected, SLOPE_VARIANCE)));
  }

  /** To the universal process and, as far as shows, to some tasks more than to others. */
  private static Link reweighted(double logPrior, int processes) {
    Link universal = to("mixture", logPrior, processes, 0, 1);
    List<Direction> directions = new ArrayList<>(universal.directions);
    for (int task = 1; task < processes; task++) {
      double[] deviation = new double[processes];
      deviation[task] = 1;
      deviation[0] = -1;
      directions.add(new Direction(deviation, DEVIATION_VARIANCE));
    }
    return new Link(universal.name, logPrior, universal.expected, directions);
  }

  /** Whether the target follows nothing. */
  boolean isNone() {
    return Arrays.stream(expected).allMatch(weight -> weight == 0);
  }

  /** The expected part g for every column of the processes' means. */
  double[] expected(double[][] means) {
    return sum(expected, means);
  }

  /** The weighted sum of the rows. */
  static double[] sum(double[] weights, double[][] rows) {
    double[] sum = new double[rows[0].length];
    for (int row = 0; row < weights.length; row++) {
      if (weights[row] != 0) {
        for (int column = 0; column < sum.length; column++) {
          sum[column] += weights[row] * rows[row][column];
        }
      }
    }
    return sum;
  }
}
