package org.xfernas.search.run;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
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

  /** Records proposals, all or none; called before any of them is launched. */
  void propose(List<Proposal> proposals);

  /** Records results, all or none; called before anyone acts on them. */
  void record(List<Trial> trials);

  /** A journal that lasts as long as its process. */
  static SearchJournal inMemory() {
    return new SearchJournal() {
      private final SortedMap<Integer, Proposal> proposals = new TreeMap<>();
      private final SortedMap<Integer, Trial> trials = new TreeMap<>();

      @Override
      public List<Proposal> proposals() {
        return List.copyOf(proposals.values());
      }

      @Override
      public List<Trial> trials() {
        return List.copyOf(trials.values());
      }

      @Override
      public void propose(List<Proposal> added) {
        added.forEach(proposal -> proposals.putIfAbsent(proposal.number(), proposal));
      }

      @Override
      public void record(List<Trial> added) {
        added.forEach(trial -> trials.putIfAbsent(trial.proposal().number(), trial));
      }
    };
  }
}
