package org.xfernas.search.run;

import java.util.List;
import java.util.Optional;
import org.xfernas.search.trial.Trial;

/**
 * How a search ended.
 *
 * @param trials all of them, those before a resume included, ascending by number
 * @param stop the criterion that ended it; empty where the optimizer had nothing more to propose
 */
public record SearchOutcome(List<Trial> trials, Optional<StopCriterion> stop) {
  public SearchOutcome {
    trials = List.copyOf(trials);
  }
}
