package org.xfernas.search;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Execution;
import org.xfernas.search.trial.TrialResult.Place;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/** Proposals and trials of which only the essential is given. */
public final class TestTrials {
  private TestTrials() {}

  public static Proposal proposal(SearchSpace space, int number, Architecture architecture) {
    return new Proposal(
        number,
        architecture,
        space.id(architecture),
        0,
        new Basis(List.of(), List.of()),
        Explanation.of("test"),
        0);
  }

  public static Trial completed(
      Proposal proposal, double validation, OptionalDouble test, Execution execution) {
    Scores scores = new Scores(OptionalDouble.of(validation), test, Map.of());
    return new Trial(
        proposal, new TrialResult(Optional.empty(), scores, List.of(), Size.UNKNOWN, execution));
  }

  public static Trial completed(Proposal proposal, double validation) {
    return completed(proposal, validation, OptionalDouble.empty(), execution(0, 0, 0));
  }

  public static Trial failed(Proposal proposal, Execution execution) {
    Failure failure = new Failure(Failure.Kind.DIVERGED, "the loss is NaN");
    return new Trial(
        proposal,
        new TrialResult(Optional.of(failure), Scores.NONE, List.of(), Size.UNKNOWN, execution));
  }

  public static Trial failed(Proposal proposal) {
    return failed(proposal, execution(0, 0, 0));
  }

  /** Launched and finished at seconds of the epoch, with some of the time spent waiting. */
  public static Execution execution(long launched, long finished, long waiting) {
    return new Execution(
        Instant.ofEpochSecond(launched + waiting),
        Instant.ofEpochSecond(finished),
        waiting,
        finished - launched - waiting,
        0,
        new Place("host", "executor", "cpu", Map.of()));
  }
}
