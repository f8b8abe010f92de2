package org.xfernas.search.optimizer;

import java.util.List;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TrialHistory;

/**
 * Proposes candidates. An optimizer is a function of its construction (space, settings, seed) and
 * of the arguments below: the same call gives the same suggestions in any process and after any
 * number of other calls. What it remembers between calls may save time and nothing else.
 */
public interface Optimizer {

  /** Its name in a configuration and in the tables. */
  String name();

  /**
   * The next candidates.
   *
   * @param completed finished trials; the only thing that is learnt from
   * @param pending proposals without a result, ascending by number; never proposed again
   * @param count how many are wanted, at least 1
   * @return at most {@code count} suggestions, all different from each other and from the pending;
   *     fewer, even none, only where the space has no more
   */
  List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count);

  /**
   * A candidate and why it was chosen.
   *
   * @param architecture the candidate
   * @param explanation why
   */
  record Suggestion(Architecture architecture, Explanation explanation) {}
}
