package org.xfernas.jobs.status;

import java.time.Clock;
import java.util.Optional;
import org.xfernas.jobs.nightly.NightRow;
import org.xfernas.jobs.report.NightPage;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Lease;

/**
 * How the latest of the nights of one name is; their searches have rows of their own.
 *
 * @param id name of the nights
 * @param state that of a search, as {@link SearchStatus} has it
 * @param owner the process that has the lease, where one is under way
 * @param expires when that lease is void unless it is renewed
 * @param updated the last sign of life
 * @param due how many tasks were due
 * @param searched how many of their searches were finished so far
 * @param gpuSeconds of these
 * @param night what it did so far; empty before it looked at what is due
 */
record NightStatus(
    String id,
    String state,
    Optional<String> owner,
    Optional<String> expires,
    String updated,
    int due,
    int searched,
    double gpuSeconds,
    Optional<NightPage> night) {

  /** Reads the status of the nights that have this row. */
  static NightStatus of(SearchesTable.Row row, Clock clock) {
    String state = SearchStatus.state(row, clock);
    Optional<Lease> lease = row.lease().filter(held -> state.equals("running"));
    Optional<NightPage> night = NightRow.read(row);
    return new NightStatus(
        row.searchId(),
        state,
        lease.map(Lease::owner),
        lease.map(held -> held.expires().toString()),
        row.updated().toString(),
        night.map(it -> it.searches().size()).orElse(0),
        night.map(it -> it.count("finished")).orElse(0L).intValue(),
        night.map(NightPage::gpuSeconds).orElse(0.0),
        night);
  }

  /** One line for a person. */
  String line() {
    return "night %s: %s%s%s, last sign of life at %s"
        .formatted(
            id,
            state,
            owner
                .map(held -> " by %s, lease until %s".formatted(held, expires.orElseThrow()))
                .orElse(""),
            night
                .map(
                    it ->
                        ", since %s, %d of %d searches finished"
                            .formatted(it.began(), searched, due))
                .orElse(""),
            updated);
  }

  /** A line for each task. */
  String details() {
    StringBuilder lines = new StringBuilder();
    night.ifPresent(
        it -> {
          it.searches()
              .forEach(
                  search ->
                      lines.append(
                          "  %s: %s (%s)%s%n"
                              .formatted(
                                  search.task(),
                                  search.state(),
                                  search.why(),
                                  search.failure().or(search::left).map(": "::concat).orElse(""))));
          it.notDue()
              .forEach((task, why) -> lines.append("  %s: not due (%s)%n".formatted(task, why)));
        });
    return lines.toString();
  }
}
