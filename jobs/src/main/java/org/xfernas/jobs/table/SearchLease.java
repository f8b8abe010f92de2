package org.xfernas.jobs.table;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.Lease;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.SearchesTable.State;

/**
 * The right of this process to drive one search, and with it to write its rows. A thread renews it
 * four times in its length; whoever finds it expired, or its owner gone, may take it over.
 */
public final class SearchLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(SearchLease.class);
  private static final int RENEWALS_PER_LENGTH = 4;
  private static final int RENEWALS_PER_CLEANING = 100;

  private final SearchesTable searches;
  private final String owner;
  private final Duration length;
  private final Clock clock;
  private final ScheduledExecutorService renewals;
  private Row row;
  private boolean lost;
  private int renewalsDone;

  private SearchLease(SearchesTable searches, String owner, Row row, Duration length, Clock clock) {
    this.searches = searches;
    this.owner = owner;
    this.row = row;
    this.length = length;
    this.clock = clock;
    this.renewals =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "lease of " + row.searchId());
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Takes the lease of a search, which is then running.
   *
   * @param known the search as its caller found it; empty where it is new
   * @param configuration of a new search
   * @param knowledge of a new search
   * @throws UsageException where another driver has it, with its owner and its expiry
   */
  public static SearchLease acquire(
      Warehouse warehouse,
      String searchId,
      Optional<Row> known,
      String configuration,
      Knowledge knowledge,
      Duration length,
      Clock clock) {
    return acquire(
        new SearchesTable(warehouse),
        Owner.current().toString(),
        searchId,
        known,
        configuration,
        knowledge,
        length,
        clock);
  }

  static SearchLease acquire(
      SearchesTable searches,
      String owner,
      String searchId,
      Optional<Row> known,
      String configuration,
      Knowledge knowledge,
      Duration length,
      Clock clock) {
    Instant now = clock.instant();
    requireFree(known, clock);
    Optional<Lease> lease = Optional.of(new Lease(owner, now.plus(length)));
    Row row =
        known
            .map(before -> before.with(State.RUNNING, lease, now))
            .orElseGet(
                () -> new Row(searchId, configuration, knowledge, State.RUNNING, lease, now, now));
    if (!searches.replace(known, row)) {
      searches.find(searchId).flatMap(Row::lease).ifPresent(won -> refuse(searchId, won));
      throw new UsageException(
          "Cannot drive the search %s: another driver changed it at the same time; try again"
              .formatted(searchId));
    }
    searches.forgetOldVersions(now);
    SearchLease acquired = new SearchLease(searches, owner, row, length, clock);
    long period = length.toMillis() / RENEWALS_PER_LENGTH;
    acquired.renewals.scheduleAtFixedRate(
        acquired::tryToRenew, period, period, TimeUnit.MILLISECONDS);
    return acquired;
  }

  /**
   * Refuses a search that has a driver.
   *
   * @throws UsageException with the driver's name and the expiry of its lease
   */
  public static void requireFree(Optional<Row> search, Clock clock) {
    driver(search, clock).ifPresent(lease -> refuse(search.orElseThrow().searchId(), lease));
  }

  /** The lease of whoever drives the search now. */
  public static Optional<Lease> driver(Optional<Row> search, Clock clock) {
    return search.filter(row -> hasDriver(row, clock)).flatMap(Row::lease);
  }

  /** Whether somebody drives the search now: a lease that is valid, of a process that is there. */
  public static boolean hasDriver(Row search, Clock clock) {
    return search
        .lease()
        .filter(lease -> Owner.parse(lease.owner()).filter(Owner::isGone).isEmpty())
        .filter(lease -> lease.expires().isAfter(clock.instant()))
        .isPresent();
  }

  private static void refuse(String searchId, Lease lease) {
    throw new UsageException(
        "Cannot drive the search %s: it has a driver, %s, whose lease expires at %s; stop that one, wait, or give this search another xfernas.search.id"
            .formatted(searchId, lease.owner(), lease.expires()));
  }

  /**
   * Makes sure that the search is still this process's to write to.
   *
   * @throws IllegalStateException where another driver has taken it over
   */
  public synchronized void requireHeld() {
    if (!lost && row.lease().orElseThrow().expires().isBefore(clock.instant())) {
      renew();
    }
    if (lost) {
      throw new IllegalStateException(
          "Cannot go on with the search %s: its lease expired, and another driver took it over"
              .formatted(row.searchId()));
    }
  }

  /** Replaces the configuration in the row, where that tells how far its owner is. */
  public synchronized void describe(String configuration) {
    requireHeld();
    replace(row.with(configuration));
  }

  private synchronized void tryToRenew() {
    try {
      renew();
      renewalsDone++;
      if (renewalsDone % RENEWALS_PER_CLEANING == 0) {
        searches.forgetOldVersions(clock.instant());
      }
    } catch (RuntimeException e) {
      LOG.warn("Cannot renew the lease of the search {} now; trying again", row.searchId(), e);
    }
  }

  private synchronized void renew() {
    Instant now = clock.instant();
    replace(row.with(State.RUNNING, Optional.of(new Lease(owner, now.plus(length))), now));
  }

  /** Gives the search back in the state that it is left in; does nothing where it was lost. */
  public synchronized void release(State state) {
    renewals.shutdownNow();
    if (!lost) {
      replace(row.with(state, Optional.empty(), clock.instant()));
      lost = true;
    }
  }

  private void replace(Row next) {
    if (lost) {
      return;
    }
    if (searches.replace(Optional.of(row), next)) {
      row = next;
    } else {
      lost = true;
      renewals.shutdown();
    }
  }

  /** Gives the search back as failed, unless it was released before. */
  @Override
  public void close() {
    release(State.FAILED);
  }
}
