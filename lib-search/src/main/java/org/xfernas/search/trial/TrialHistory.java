package org.xfernas.search.trial;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.ArchitectureId;
import org.xfernas.search.space.SearchSpace;

/**
 * What an optimizer may learn from: finished trials in the order of their proposal numbers, without
 * any test metric.
 *
 * @param observations ascending by number
 */
public record TrialHistory(List<Observation> observations) {
  public TrialHistory {
    observations =
        observations.stream().sorted(Comparator.comparingInt(Observation::number)).toList();
  }

  /** Before the first result. */
  public static final TrialHistory EMPTY = new TrialHistory(List.of());

  /** The history of trials under an objective. */
  public static TrialHistory of(Objective objective, List<Trial> trials) {
    return new TrialHistory(
        trials.stream().map(trial -> Observation.of(objective, trial)).toList());
  }

  /** The trials of architectures that the space encodes. */
  public TrialHistory encodable(SearchSpace space) {
    return observations.stream().allMatch(one -> space.encodes(one.architecture()))
        ? this
        : new TrialHistory(
            observations.stream().filter(one -> space.encodes(one.architecture())).toList());
  }

  /** Number of finished trials, failed ones included. */
  public int size() {
    return observations.size();
  }

  /** The completed trials, the best first, the earliest of equals. */
  public Stream<Observation> successes() {
    return observations.stream()
        .filter(observation -> observation.score().isPresent())
        .sorted(Comparator.comparing(observation -> -observation.score().getAsDouble()));
  }

  /**
   * One finished trial.
   *
   * @param number of its proposal
   * @param architecture as proposed
   * @param id its identity
   * @param score higher is better; empty where the trial failed
   */
  public record Observation(
      int number, Architecture architecture, ArchitectureId id, OptionalDouble score) {

    static Observation of(Objective objective, Trial trial) {
      OptionalDouble validation = trial.result().scores().validation();
      return new Observation(
          trial.proposal().number(),
          trial.proposal().architecture(),
          trial.proposal().id(),
          validation.isPresent()
              ? OptionalDouble.of(objective.score(validation.getAsDouble()))
              : OptionalDouble.empty());
    }
  }
}
