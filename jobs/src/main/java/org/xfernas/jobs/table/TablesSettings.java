package org.xfernas.jobs.table;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;

/**
 * The section {@code xfernas.tables}; reference.conf says what each setting means.
 *
 * @param warehouse directory of the tables
 * @param catalog properties of an Iceberg catalog; empty: the embedded one
 * @param commitRetries how often a commit that lost is tried again
 * @param commitWaitMin before the first of these
 * @param commitWaitMax before the last of these
 * @param lease how long a search belongs to its driver after the last sign of life
 */
public record TablesSettings(
    Path warehouse,
    Map<String, String> catalog,
    int commitRetries,
    Duration commitWaitMin,
    Duration commitWaitMax,
    Duration lease)
    implements Checked {
  private static final Duration SHORTEST_LEASE = Duration.ofSeconds(5);

  /** The same in the embedded catalog of another directory. */
  public TablesSettings in(Path other) {
    return new TablesSettings(other, Map.of(), commitRetries, commitWaitMin, commitWaitMax, lease);
  }

  @Override
  public void check(Problems problems) {
    if (catalog.isEmpty()) {
      problems.requireWritable("warehouse", warehouse);
    }
    problems.require(commitRetries >= 0, "commit-retries", "must be 0 or more");
    problems.require(
        commitWaitMin.compareTo(commitWaitMax) <= 0,
        "commit-wait-min",
        "must not be longer than commit-wait-max");
    problems.require(
        lease.compareTo(SHORTEST_LEASE) >= 0,
        "lease",
        "would run out between two signs of life; set it to 5s or more");
  }
}
