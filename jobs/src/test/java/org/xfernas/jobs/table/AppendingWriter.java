package org.xfernas.jobs.table;

import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

/**
 * A process that writes trials of a search, three by three, until it is ended. It says on standard
 * output up to which number they are durable.
 */
final class AppendingWriter {
  static final int GROUP = 3;

  private AppendingWriter() {}

  public static void main(String[] args) {
    Warehouse warehouse = Warehouse.open(Samples.settings(Path.of(args[0])));
    Clock clock = Clock.systemUTC();
    SearchLease lease =
        SearchLease.acquire(
            warehouse, args[1], Optional.empty(), "{}", Knowledge.NONE, Samples.LEASE, clock);
    TablesJournal journal =
        new TablesJournal(warehouse, args[1], Samples.SPACE, Samples.UNIT, lease, clock);
    for (int next = 1; true; next += GROUP) {
      List<Proposal> proposals = new ArrayList<>();
      List<Trial> trials = new ArrayList<>();
      for (int number = next; number < next + GROUP; number++) {
        proposals.add(Samples.proposal(number));
        trials.add(Samples.completed(number));
      }
      journal.propose(proposals);
      journal.record(trials);
      System.out.println(next + GROUP - 1);
    }
  }
}
