package org.xfernas.search.run;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

/**
 * The record of one search, from which it goes on after a stop. What a method returned from is
 * durable; writing a number that is there already changes nothing.
 */
public interface SearchJournal {

  /** Every proposal made so far, ascending by number. */
  List<Proposal> proposals();

  /** Every finished trial, ascending by number. */
  List<Trial> trials();

  /** Records proposals; called before any of them is launched. */
  void propose(List<Proposal> proposals);

  /** Records results; called before anyone acts on them. */
  void record(List<Trial> trials);

  /** A journal that lasts as long as its process. */
  static SearchJournal inMemory() {
    return new SearchJournal() {
      private final List<Proposal> proposals = new ArrayList<>();
      private final List<Trial> trials = new ArrayList<>();

      @Override
      public List<Proposal> proposals() {
        return List.copyOf(proposals);
      }

      @Override
      public List<Trial> trials() {
        return List.copyOf(trials);
      }

      @Override
      public void propose(List<Proposal> added) {
        proposals.addAll(added);
      }

      @Override
      public void record(List<Trial> added) {
        trials.addAll(added);
      }
    };
  }
}
