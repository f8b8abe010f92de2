package org.xfernas.search.run;

import java.util.List;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

/** Is told of each stage of a search when it is done; called on the search's own thread. */
public interface SearchListener {

  /** A listener that does nothing. */
  SearchListener NONE = new SearchListener() {};

  /**
   * The search goes on from a journal with rows.
   *
   * @param finished trials that are replayed
   * @param pending proposals without a result, which are evaluated again
   */
  default void onResume(List<Trial> finished, List<Proposal> pending) {}

  /** Stage <em>propose</em>: the proposals are in the journal. */
  default void onPropose(List<Proposal> proposals) {}

  /** Stage <em>evaluate</em>: the proposals are launched. */
  default void onEvaluate(List<Proposal> proposals) {}

  /** Stage <em>record</em>: the results are in the journal. */
  default void onRecord(List<Trial> trials) {}

  /** Stage <em>refit</em>: what the next proposals will be learnt from. */
  default void onRefit(TrialHistory history) {}
}
