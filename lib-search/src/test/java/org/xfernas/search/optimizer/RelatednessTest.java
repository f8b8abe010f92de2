package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Generated families of tasks of known relatedness: a target, another task of its own structure,
 * and sources between the two. Gains grow with the relatedness, and nothing is lost at any.
 */
class RelatednessTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, List.of("none", "a", "b", "c"));
  private static final List<Architecture> ALL = SPACE.all().toList();
  private static final Map<Architecture, Integer> ROWS =
      IntStream.range(0, ALL.size()).boxed().collect(Collectors.toMap(ALL::get, row -> row));
  private static final int FIRST_COUNTED = 5;
  private static final int EVALUATIONS = 12;
  private static final int DRAWS = 100;
  private static final int SEEDS = 100;

  /** Points of mean normalised regret. */
  private static final double MARGIN = 1;

  /** How a source of a family comes of the standardised target and the other task. */
  enum Family {
    RESCALED,
    REVERSED,
    AGREEING_IN_THE_UPPER_HALF;

    double source(double target, double other) {
      return switch (this) {
        case RESCALED -> Math.exp(target) - 3;
        case REVERSED -> -target;
        case AGREEING_IN_THE_UPPER_HALF -> target > 0 ? target : -Math.abs(other);
      };
    }
  }

  /** Worth of the operations on each edge and of three in a row, drawn at random; standardised. */
  private static double[] task(RandomGenerator random) {
    double[][] worth = new double[6][4];
    for (double[] edge : worth) {
      Arrays.setAll(edge, operation -> random.nextGaussian());
    }
    double[] row = random.doubles(4, 0, 2).toArray();
    double[] values = new double[ALL.size()];
    for (int at = 0; at < values.length; at++) {
      int[] tokens = SPACE.encode(ALL.get(at));
      values[at] = row[tokens[0]] * row[tokens[2]] * row[tokens[5]];
      for (int edge = 0; edge < worth.length; edge++) {
        values[at] += worth[edge][tokens[edge]];
      }
    }
    StreamingStatistics statistics = new StreamingStatistics();
    Arrays.stream(values).forEach(statistics::addValue);
    return Arrays.stream(values)
        .map(value -> (value - statistics.getMean()) / statistics.getStandardDeviation())
        .toArray();
  }

  /** A source by the standardised values of the target and of the other task. */
  private interface Relation {
    double source(double target, double other);
  }

  /** Of the normalised regret that the sources of a relation save, one value per seed. */
  private static StreamingStatistics gains(Relation relation, int seeds) {
    StreamingStatistics gains = new StreamingStatistics();
    for (int number = 1; number <= seeds; number++) {
      Seed seed = new Seed(number);
      double[] target = task(seed.child("target").generator());
      double[] other = task(seed.child("other").generator());
      ToDoubleFunction<Architecture> source =
          architecture -> {
            int at = ROWS.get(architecture);
            return relation.source(target[at], other[at]);
          };
      SourceKnowledge sources =
          new SourceKnowledge(
              List.of(
                  TestSources.drawn("one", SPACE, DRAWS, source),
                  TestSources.drawn("two", SPACE, DRAWS, source)));
      gains.addValue(regret(target, SourceKnowledge.EMPTY, seed) - regret(target, sources, seed));
    }
    System.out.printf("gain %.2f (sd %.2f)%n", gains.getMean(), gains.getStandardDeviation());
    return gains;
  }

  /** Mean over the evaluations of the normalised regret of the best so far, in per cent. */
  private static double regret(double[] target, SourceKnowledge knowledge, Seed seed) {
    double[] sorted = Arrays.stream(target).sorted().toArray();
    double optimum = sorted[sorted.length - 1];
    double median = sorted[sorted.length / 2];
    Optimizer optimizer =
        BayesianOptimizationTest.optimizer(SPACE, knowledge, Deduplication.TEXT, seed);
    List<Observation> known = new ArrayList<>();
    double best = Double.NEGATIVE_INFINITY;
    double sum = 0;
    for (int number = 1; number <= EVALUATIONS; number++) {
      Architecture next =
          optimizer.suggest(new TrialHistory(known), List.of(), 1).get(0).architecture();
      double score = target[ROWS.get(next)];
      known.add(TestSources.observation(SPACE, number, next, score));
      best = Math.max(best, score);
      sum += number >= FIRST_COUNTED ? 100 * (optimum - best) / (optimum - median) : 0;
    }
    return sum / (EVALUATIONS - FIRST_COUNTED + 1);
  }

  @Tag("acceptance")
  @Test
  void gainsGrowWithTheRelatedness() {
    List<StreamingStatistics> gains =
        DoubleStream.of(0, 0.25, 0.5, 0.75, 1)
            .mapToObj(
                relatedness ->
                    gains(
                        (target, other) ->
                            relatedness * target + Math.sqrt(1 - relatedness * relatedness) * other,
                        SEEDS))
            .toList();

    for (int at = 1; at < gains.size(); at++) {
      assertThat(upper(gains.get(at)))
          .as("gain of the family %d", at)
          .isGreaterThan(gains.get(at - 1).getMean());
    }
    assertThat(upper(gains.get(0))).isGreaterThan(-MARGIN);
    assertThat(gains.get(4).getMean()).isGreaterThan(upper(gains.get(0)));
  }

  @Tag("acceptance")
  @ParameterizedTest
  @EnumSource
  void nothingIsLostOnAnyFamily(Family family) {
    assertThat(upper(gains(family::source, SEEDS))).isGreaterThan(-MARGIN);
  }

  /** Two standard errors above the mean. */
  private static double upper(StreamingStatistics gains) {
    return gains.getMean() + 2 * gains.getStandardDeviation() / Math.sqrt(gains.getN());
  }

  @Test
  void anIdenticalTaskHelps() {
    assertThat(gains((target, other) -> target, 2).getMean()).isPositive();
  }
}
