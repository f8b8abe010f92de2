package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/** Sources that are random draws of known functions. */
public final class Sources {
  private Sources() {}

  /** One task per function, with scores of random architectures; NaN is a failure. */
  public static SourceKnowledge of(
      SearchSpace space, int evaluations, List<ToDoubleFunction<Architecture>> functions) {
    List<SourceTask> tasks = new ArrayList<>();
    for (ToDoubleFunction<Architecture> function : functions) {
      String name = "task " + tasks.size();
      RandomGenerator random = new Seed(tasks.size()).child("source").generator();
      tasks.add(new SourceTask(name, history(space, evaluations, function, random)));
    }
    return new SourceKnowledge(tasks);
  }

  /** Scores of random architectures. */
  public static TrialHistory history(
      SearchSpace space,
      int evaluations,
      ToDoubleFunction<Architecture> function,
      RandomGenerator random) {
    List<Observation> observations = new ArrayList<>();
    for (int number = 1; number <= evaluations; number++) {
      Architecture architecture = space.sample(random);
      double score = function.applyAsDouble(architecture);
      observations.add(
          new Observation(
              number,
              architecture,
              space.id(architecture),
              Double.isNaN(score) ? OptionalDouble.empty() : OptionalDouble.of(score)));
    }
    return new TrialHistory(observations);
  }

  /** How many operations of the architecture's text are convolutions. */
  public static double convolutions(Architecture architecture) {
    return architecture.text().split("conv", -1).length - 1;
  }

  /** How many operations of the architecture's text are skips. */
  public static double skips(Architecture architecture) {
    return architecture.text().split("skip", -1).length - 1;
  }
}
