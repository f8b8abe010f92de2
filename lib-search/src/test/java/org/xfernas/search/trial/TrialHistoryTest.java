package org.xfernas.search.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.xfernas.search.TestTrials;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.TrialHistory.Observation;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

class TrialHistoryTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(2, List.of("a", "b", "c"));

  private static Proposal proposal(int number, String operation) {
    return TestTrials.proposal(SPACE, number, SPACE.parse("|" + operation + "~0|"));
  }

  @Test
  void ordersTrialsByNumberAndLeavesFailedOnesWithoutAScore() {
    TrialHistory history =
        TrialHistory.of(
            new Objective("loss", true),
            List.of(
                TestTrials.completed(proposal(3, "c"), 0.25),
                TestTrials.failed(proposal(1, "a")),
                TestTrials.completed(proposal(2, "b"), 4)));

    assertThat(history.observations()).extracting(Observation::number).containsExactly(1, 2, 3);
    assertThat(history.observations())
        .extracting(Observation::score)
        .containsExactly(OptionalDouble.empty(), OptionalDouble.of(-4), OptionalDouble.of(-0.25));
    assertThat(history.size()).isEqualTo(3);
  }

  @Test
  void refusesATrialWithNeitherAScoreNorAFailure() {
    assertThatThrownBy(
            () ->
                new TrialResult(
                    Optional.empty(),
                    Scores.NONE,
                    List.of(),
                    Size.UNKNOWN,
                    TestTrials.execution(0, 1, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A trial has a validation score or a failure, and never both"
                + " (validation=OptionalDouble.empty, failure=Optional.empty)");
  }
}
