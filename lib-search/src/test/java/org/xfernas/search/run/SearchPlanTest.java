package org.xfernas.search.run;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.trial.Objective;

class SearchPlanTest {
  private static SearchPlan plan(List<StopCriterion> stop, OptionalInt batch) {
    return new SearchPlan(
        Objective.VALIDATION_ACCURACY, stop, Mode.SYNCHRONOUS, batch, new Seed(1));
  }

  @Test
  void refusesASearchWithoutAnEnd() {
    assertThatThrownBy(() -> plan(List.of(), OptionalInt.empty()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot plan a search: no stop criterion; give a budget, such as a number of"
                + " evaluations");
  }

  @Test
  void refusesAnEmptyRound() {
    assertThatThrownBy(() -> plan(List.of(new StopCriterion.Evaluations(1)), OptionalInt.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot plan a search: a round has at least one proposal (batch=0)");
  }

  @Test
  void refusesBudgetsOfNothing() {
    assertThatThrownBy(() -> new StopCriterion.Evaluations(0))
        .hasMessage("Cannot stop a search after 0 evaluations: the budget must be at least 1");
    assertThatThrownBy(() -> new StopCriterion.GpuTime(Duration.ZERO))
        .hasMessage("Cannot stop a search after a GPU time of PT0S: the budget must be positive");
    assertThatThrownBy(() -> new StopCriterion.WallTime(Duration.ofSeconds(-1)))
        .hasMessage("Cannot stop a search after a wall time of PT-1S: the budget must be positive");
    assertThatThrownBy(() -> new StopCriterion.TargetAccuracy(Double.NaN))
        .hasMessage("Cannot stop a search at a target that is not a number (target=NaN)");
  }
}
