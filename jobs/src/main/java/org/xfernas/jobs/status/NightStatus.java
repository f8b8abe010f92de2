package org.xfernas.jobs.status;

import java.time.Clock;
import java.util.Optional;
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
 */
record NightStatus(
    String id, String state, Optional<String> owner, Optional<String> expires, String updated) {

  /** Reads the status of the nights that have this row. */
  static NightStatus of(SearchesTable.Row row, Clock clock) {
    String state = SearchStatus.state(row, clock);
    Optional<Lease> lease = row.lease().filter(held -> state.equals("running"));
    return new NightStatus(
        row.searchId(),
        state,
        lease.map(Lease::owner),
        lease.map(held -> held.expires().toString()),
        row.updated().toString());
  }

  /** One line for a person. */
  String line() {
    return "night %s: %s%s, last sign of life at %s"
        .formatted(
            id,
            state,
            owner
                .map(held -> " by %s, lease until %s".formatted(held, expires.orElseThrow()))
                .orElse(""),
            updated);
  }
}
