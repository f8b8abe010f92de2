package org.xfernas.search.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult.Execution;

/**
 * How far a search is, by its journal alone.
 *
 * @param objective what guides it
 * @param proposals made so far, ascending by number
 * @param trials finished so far, ascending by number
 */
public record SearchProgress(Objective objective, List<Proposal> proposals, List<Trial> trials) {
  public SearchProgress {
    proposals = List.copyOf(proposals);
    trials = List.copyOf(trials);
  }

  /** Of the search that {@code journal} records. */
  public static SearchProgress of(Objective objective, SearchJournal journal) {
    return new SearchProgress(objective, journal.proposals(), journal.trials());
  }

  /** How many trials failed. */
  public int failed() {
    return (int) trials.stream().filter(trial -> !trial.result().completed()).count();
  }

  /** Seconds of all evaluations together, failed ones included. */
  public double gpuSeconds() {
    return trials.stream().mapToDouble(trial -> trial.result().execution().secondsTraining()).sum();
  }

  /**
   * Seconds, by the evaluator's clock, in which at least one of the finished trials was waiting or
   * running: what passed between a stop and the resume does not count.
   */
  public double wallSeconds() {
    List<Execution> executions = new ArrayList<>();
    trials.forEach(trial -> executions.add(trial.result().execution()));
    executions.sort(Comparator.comparing(SearchProgress::launched));
    double seconds = 0;
    Instant covered = Instant.MIN;
    for (Execution execution : executions) {
      Instant from = launched(execution).isAfter(covered) ? launched(execution) : covered;
      if (execution.finished().isAfter(from)) {
        seconds += Duration.between(from, execution.finished()).toNanos() * 1e-9;
        covered = execution.finished();
      }
    }
    return seconds;
  }

  /** The best trial after each of the trials, the earliest of equals; empty before a success. */
  public List<Optional<Trial>> incumbents() {
    List<Optional<Trial>> incumbents = new ArrayList<>();
    Optional<Trial> best = Optional.empty();
    OptionalDouble bestScore = OptionalDouble.empty();
    for (Trial trial : trials) {
      OptionalDouble score = score(trial);
      if (score.isPresent()
          && (bestScore.isEmpty() || score.getAsDouble() > bestScore.getAsDouble())) {
        best = Optional.of(trial);
        bestScore = score;
      }
      incumbents.add(best);
    }
    return incumbents;
  }

  /** The trial with the best validation score, the earliest of equals. */
  public Optional<Trial> best() {
    return trials.isEmpty() ? Optional.empty() : incumbents().get(trials.size() - 1);
  }

  /** The architectures of the best trials, at most so many, the best first. */
  public List<Architecture> best(int count) {
    return trials.stream()
        .filter(trial -> trial.result().completed())
        .sorted(Comparator.<Trial>comparingDouble(trial -> score(trial).getAsDouble()).reversed())
        .map(trial -> trial.proposal().architecture())
        .distinct()
        .limit(count)
        .toList();
  }

  /** Score of the best trial. */
  public OptionalDouble bestScore() {
    return trials.stream().flatMapToDouble(trial -> score(trial).stream()).max();
  }

  private OptionalDouble score(Trial trial) {
    OptionalDouble validation = trial.result().scores().validation();
    return validation.isPresent()
        ? OptionalDouble.of(objective.score(validation.getAsDouble()))
        : validation;
  }

  private static Instant launched(Execution execution) {
    return execution.started().minusNanos((long) (execution.secondsWaiting() * 1e9));
  }
}
