package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * The rows of a target, split into those that surrogates are fitted to and those by which their
 * predictions are judged. The latter are the same for all cells of a sweep.
 *
 * @param table with the rows
 * @param task the target
 * @param points rows of which the target's points are drawn
 * @param heldOut rows by which predictions are judged
 */
record TargetSplit(SweepTable table, SweepTask task, List<Integer> points, List<Integer> heldOut) {
  /** Rows that are held out, where the table has so many beside the target's points. */
  private static final int MOST_HELD_OUT = 1_000;

  private static final int LEAST_HELD_OUT = 20;

  /**
   * The split of a target.
   *
   * @param mostPoints of the target that a cell of the sweep is fitted to
   * @throws IllegalArgumentException where the table has too few rows for it
   */
  static TargetSplit of(SweepTable table, SweepTask task, int mostPoints) {
    List<Integer> rows = table.rows(task.metric());
    if (rows.size() < mostPoints + LEAST_HELD_OUT) {
      throw new IllegalArgumentException(
          "cannot fit to %d points of %s: the table has %d rows with a value of it, and at least %d must be left to be predicted; lower grid.target-points (task=%s)"
              .formatted(mostPoints, task.metric(), rows.size(), LEAST_HELD_OUT, task.name()));
    }
    RandomGenerator random = new Seed(0).child("held-out", task.name()).generator();
    List<Integer> order = RandomOrder.of(rows.size(), random).stream().map(rows::get).toList();
    int heldOut = Math.min(MOST_HELD_OUT, rows.size() - mostPoints);
    return new TargetSplit(
        table, task, order.subList(heldOut, order.size()), order.subList(0, heldOut));
  }

  /** The greatest of some numbers of points that the table has rows for; empty where it is none. */
  static OptionalInt most(SweepTable table, SweepTask task, List<Integer> points) {
    int rows = table.rows(task.metric()).size();
    return points.stream()
        .mapToInt(Integer::intValue)
        .filter(many -> many + LEAST_HELD_OUT <= rows)
        .max();
  }

  /** The first points of a seed: fewer are the first of more. */
  TrialHistory history(SearchSpace space, int size, Seed seed) {
    double[] scores = scores();
    List<Integer> order =
        RandomOrder.of(points.size(), seed.child("target", task.name()).generator());
    List<Observation> observations = new ArrayList<>();
    for (int number = 1; number <= size; number++) {
      int row = points.get(order.get(number - 1));
      Architecture architecture = architecture(space, row);
      observations.add(
          new Observation(
              number, architecture, space.id(architecture), OptionalDouble.of(scores[row])));
    }
    return new TrialHistory(observations);
  }

  /** The architectures whose scores are predicted. */
  List<Architecture> predicted(SearchSpace space) {
    return heldOut.stream().map(row -> architecture(space, row)).toList();
  }

  /** Their true scores. */
  double[] truth() {
    double[] scores = scores();
    return heldOut.stream().mapToDouble(row -> scores[row]).toArray();
  }

  private double[] scores() {
    return Arrays.stream(table.values().column(task.metric()))
        .map(task.objective()::score)
        .toArray();
  }

  private Architecture architecture(SearchSpace space, int row) {
    return space.parse(table.values().architectures().get(row));
  }
}
