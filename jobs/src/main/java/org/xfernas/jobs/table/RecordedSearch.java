package org.xfernas.jobs.table;

import java.util.List;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

/**
 * What the tables know of one search, as of the moment of reading.
 *
 * @param proposals ascending by number
 * @param trials ascending by number
 */
public record RecordedSearch(List<Proposal> proposals, List<Trial> trials) {

  /**
   * Reads a search.
   *
   * @param space of the search, which reads the architectures' texts
   */
  public static RecordedSearch read(Warehouse warehouse, String searchId, SearchSpace space) {
    // The trials first: a proposal may come in between, a trial without its proposal must not.
    var curves = new CurvesTable(warehouse).read(searchId);
    var trials = new TrialsTable(warehouse).read(searchId, curves);
    var sources = new TransferTable(warehouse).read(searchId);
    var proposals = new ProposalsTable(warehouse).read(searchId, space, sources);
    return new RecordedSearch(
        List.copyOf(proposals.values()),
        trials.entrySet().stream()
            .map(entry -> new Trial(proposals.get(entry.getKey()), entry.getValue()))
            .toList());
  }

  /** A journal that holds these rows and writes nowhere. */
  public SearchJournal journal() {
    SearchJournal journal = SearchJournal.inMemory();
    journal.propose(proposals);
    journal.record(trials);
    return journal;
  }
}
