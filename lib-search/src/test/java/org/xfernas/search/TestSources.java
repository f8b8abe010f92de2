package org.xfernas.search;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/** Source knowledge for tests. */
public final class TestSources {
  private TestSources() {}

  /** Two tasks of so many random draws each, whose scores are the given ones on other scales. */
  public static SourceKnowledge two(
      SearchSpace space, int draws, ToDoubleFunction<Architecture> score) {
    return new SourceKnowledge(
        List.of(
            drawn("one", space, draws, score),
            drawn("two", space, draws, one -> 0.01 * score.applyAsDouble(one) - 3)));
  }

  /** A task of random draws; equal ones may be among them. */
  public static SourceTask drawn(
      String task, SearchSpace space, int draws, ToDoubleFunction<Architecture> score) {
    RandomGenerator random = new Seed(draws).child(task).generator();
    List<Observation> observations = new ArrayList<>();
    for (int number = 1; number <= draws; number++) {
      Architecture draw = space.sample(random);
      observations.add(observation(space, number, draw, score.applyAsDouble(draw)));
    }
    return new SourceTask(task, new TrialHistory(observations));
  }

  /** A task of different random rows of a table. */
  public static SourceTask drawn(
      String task,
      SearchSpace space,
      List<String> architectures,
      double[] values,
      int draws,
      Seed seed) {
    List<Integer> rows = new ArrayList<>();
    for (int row = 0; row < values.length; row++) {
      rows.add(row);
    }
    RandomGenerator random = seed.generator();
    List<Observation> observations = new ArrayList<>();
    for (int number = 1; number <= draws; number++) {
      int row = rows.remove(random.nextInt(rows.size()));
      observations.add(
          observation(space, number, space.parse(architectures.get(row)), values[row]));
    }
    return new SourceTask(task, new TrialHistory(observations));
  }

  /** A completed trial. */
  public static Observation observation(
      SearchSpace space, int number, Architecture architecture, double score) {
    return new Observation(number, architecture, space.id(architecture), OptionalDouble.of(score));
  }

  /** A failed trial. */
  public static Observation failure(SearchSpace space, int number, Architecture architecture) {
    return new Observation(number, architecture, space.id(architecture), OptionalDouble.empty());
  }
}
