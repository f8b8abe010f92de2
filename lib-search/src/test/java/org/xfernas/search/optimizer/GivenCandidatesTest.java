package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TrialHistory;

class GivenCandidatesTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(2, List.of("a", "b", "c", "d"));

  private static Architecture cell(String operation) {
    return SPACE.parse("|" + operation + "~0|");
  }

  @Test
  void proposesEachOnceInTheirOrderWhateverIsPendingOrFailed() {
    Optimizer optimizer =
        new GivenCandidates(List.of(cell("c"), cell("a"), cell("d"), cell("b")), "given");
    Proposal failed = TestTrials.proposal(SPACE, 1, cell("c"));
    Proposal pending = TestTrials.proposal(SPACE, 2, cell("a"));
    TrialHistory history =
        TrialHistory.of(Objective.VALIDATION_ACCURACY, List.of(TestTrials.failed(failed)));

    assertThat(optimizer.suggest(history, List.of(pending), 1))
        .extracting(Suggestion::architecture)
        .containsExactly(cell("d"));
    assertThat(optimizer.suggest(history, List.of(pending), 5))
        .extracting(Suggestion::architecture)
        .containsExactly(cell("d"), cell("b"));
  }
}
