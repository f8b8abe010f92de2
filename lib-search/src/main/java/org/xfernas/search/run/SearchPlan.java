package org.xfernas.search.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.xfernas.search.Seed;
import org.xfernas.search.trial.Objective;

/**
 * What a search is to do, apart from who proposes and who evaluates.
 *
 * @param objective what guides it
 * @param stop criteria, at least one; the first that holds ends the search
 * @param mode whether proposals are made in rounds
 * @param batch proposals of a synchronous round, at least 1; empty: the evaluator's slots
 * @param seed of the search; every trial's seed derives from it
 */
public record SearchPlan(
    Objective objective, List<StopCriterion> stop, Mode mode, OptionalInt batch, Seed seed) {

  /** The same plan with a further criterion, after its own. */
  public SearchPlan withLimit(StopCriterion limit) {
    List<StopCriterion> all = new ArrayList<>(stop);
    all.add(limit);
    return new SearchPlan(objective, all, mode, batch, seed);
  }

  /** When the next candidates are proposed. */
  public enum Mode {
    /** When all of the round before have their results. */
    SYNCHRONOUS,
    /** As soon as a slot is free, while others are pending. */
    ASYNCHRONOUS
  }

  public SearchPlan {
    stop = List.copyOf(stop);
    if (stop.isEmpty()) {
      throw new IllegalArgumentException(
          "Cannot plan a search: no stop criterion; give a budget, such as a number of evaluations");
    }
    if (batch.isPresent() && batch.getAsInt() < 1) {
      throw new IllegalArgumentException(
          "Cannot plan a search: a round has at least one proposal (batch=%d)"
              .formatted(batch.getAsInt()));
    }
  }
}
