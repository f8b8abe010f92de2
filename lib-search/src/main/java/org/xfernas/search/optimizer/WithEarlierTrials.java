package org.xfernas.search.optimizer;

import java.util.List;
import java.util.stream.Stream;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TrialHistory;

/**
 * An optimizer that goes on from trials of earlier searches on the same task, as if they were its
 * own.
 *
 * @param optimizer who proposes
 * @param earlier trials whose numbers are 0 and below
 */
public record WithEarlierTrials(Optimizer optimizer, TrialHistory earlier) implements Optimizer {

  @Override
  public String name() {
    return optimizer.name();
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    TrialHistory all =
        new TrialHistory(
            Stream.concat(earlier.observations().stream(), completed.observations().stream())
                .toList());
    return optimizer.suggest(all, pending, count);
  }
}
