package org.xfernas.jobs.table;

import java.time.Clock;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

/**
 * The record of one search in the tables. It is written by one driver at a time, the one that has
 * the lease; each group of proposals or trials is one commit per table.
 */
public final class TablesJournal implements SearchJournal {
  private static final String CHOICE = ".choice";

  private final String searchId;
  private final KnowledgeUnit unit;
  private final SearchLease lease;
  private final Clock clock;
  private final TransferTable transferTable;
  private final ProposalsTable proposalsTable;
  private final TrialsTable trialsTable;
  private final CurvesTable curvesTable;
  private final SortedMap<Integer, Proposal> proposals = new TreeMap<>();
  private final SortedMap<Integer, Trial> trials = new TreeMap<>();

  /**
   * Reads what earlier drivers of the search wrote, and removes what they wrote in part: curves
   * without a trial, sources without a proposal.
   *
   * @param searchId name of the search
   * @param space of the search
   * @param unit under which the search's candidates are evaluated
   * @param lease of the search
   */
  public TablesJournal(
      Warehouse warehouse,
      String searchId,
      SearchSpace space,
      KnowledgeUnit unit,
      SearchLease lease,
      Clock clock) {
    this.searchId = searchId;
    this.unit = unit;
    this.lease = lease;
    this.clock = clock;
    transferTable = new TransferTable(warehouse);
    proposalsTable = new ProposalsTable(warehouse);
    trialsTable = new TrialsTable(warehouse);
    curvesTable = new CurvesTable(warehouse);
    RecordedSearch recorded = RecordedSearch.read(warehouse, searchId, space);
    recorded.proposals().forEach(proposal -> proposals.put(proposal.number(), proposal));
    recorded.trials().forEach(trial -> trials.put(trial.proposal().number(), trial));
    lease.requireHeld();
    transferTable.retain(searchId, proposals.keySet());
    curvesTable.retain(searchId, trials.keySet());
  }

  @Override
  public synchronized List<Proposal> proposals() {
    return List.copyOf(proposals.values());
  }

  @Override
  public synchronized List<Trial> trials() {
    return List.copyOf(trials.values());
  }

  /** Writes the sources' worth first: where there is a proposal, its sources are complete. */
  @Override
  public synchronized void propose(List<Proposal> proposed) {
    List<Proposal> added =
        proposed.stream().filter(proposal -> !proposals.containsKey(proposal.number())).toList();
    lease.requireHeld();
    transferTable.append(searchId, added);
    proposalsTable.append(searchId, added, clock.instant());
    added.forEach(proposal -> proposals.put(proposal.number(), proposal));
  }

  /** Writes the curves first: where there is a trial, its curve is complete. */
  @Override
  public synchronized void record(List<Trial> finished) {
    List<Trial> added =
        finished.stream().filter(trial -> !trials.containsKey(trial.proposal().number())).toList();
    lease.requireHeld();
    curvesTable.append(searchId, added);
    trialsTable.append(searchId, unit, added);
    added.forEach(trial -> trials.put(trial.proposal().number(), trial));
  }

  /**
   * Gives the rows of a finished search another name, so that its own can be used again.
   *
   * @return the new name
   */
  public static String setAside(Warehouse warehouse, String searchId) {
    SearchesTable searches = new SearchesTable(warehouse);
    int number = 1;
    while (searches.find(searchId + "." + number).isPresent()) {
      number++;
    }
    String name = searchId + "." + number;
    renameRows(warehouse, choiceOf(searchId), choiceOf(name));
    renameRows(warehouse, searchId, name);
    searches.rename(searchId, name);
    return name;
  }

  /** The name under which the trials of a search's choice at the end are kept. */
  public static String choiceOf(String searchId) {
    return searchId + CHOICE;
  }

  /** Whether it is such a name, which no search can have. */
  public static boolean isOfChoice(String searchId) {
    return searchId.endsWith(CHOICE);
  }

  private static void renameRows(Warehouse warehouse, String searchId, String name) {
    new CurvesTable(warehouse).rename(searchId, name);
    new TrialsTable(warehouse).rename(searchId, name);
    new ProposalsTable(warehouse).rename(searchId, name);
    new TransferTable(warehouse).rename(searchId, name);
  }
}
