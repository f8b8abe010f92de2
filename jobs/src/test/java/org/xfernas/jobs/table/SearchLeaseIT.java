package org.xfernas.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.SearchesTable.State;

class SearchLeaseIT {
  private static final String ELSEWHERE = "process 7 on elsewhere since 2026-01-01T00:00:00Z";

  @TempDir Path directory;
  private final MovingClock clock = new MovingClock();
  private Warehouse warehouse;
  private SearchesTable searches;

  /** Stands still until it is moved. */
  private static final class MovingClock extends Clock {
    private Instant now = Instant.parse("2026-03-01T10:00:00Z");

    @Override
    public synchronized Instant instant() {
      return now;
    }

    synchronized void move(Duration by) {
      now = now.plus(by);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      throw new UnsupportedOperationException();
    }
  }

  @BeforeEach
  void open() {
    warehouse = Warehouse.open(Samples.settings(directory));
    searches = new SearchesTable(warehouse);
  }

  @AfterEach
  void close() {
    warehouse.close();
  }

  private SearchLease acquire(String owner) {
    return acquire(owner, searches.find("a"));
  }

  private SearchLease acquire(String owner, Optional<Row> known) {
    return SearchLease.acquire(
        new SearchesTable(warehouse),
        owner,
        "a",
        known,
        "{}",
        Knowledge.NONE,
        Samples.LEASE,
        clock);
  }

  @Test
  void aSecondDriverIsRefusedWithOwnerAndExpiry() {
    try (SearchLease first = acquire(ELSEWHERE)) {
      assertThatThrownBy(() -> acquire("me"))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("Cannot drive the search a: it has a driver, " + ELSEWHERE)
          .hasMessageContaining("whose lease expires at 2026-03-01T10:00:30Z");
      first.requireHeld();
    }
  }

  @Test
  void ofTwoThatStartAtOnceOneIsRefused() {
    Optional<Row> known = searches.find("a");
    try (SearchLease first = acquire(ELSEWHERE, known)) {
      assertThatThrownBy(() -> acquire("me", known)).hasMessageContaining(ELSEWHERE);
      first.requireHeld();
    }
  }

  @Test
  void anExpiredLeaseIsTakenOverAndItsOldOwnerWritesNothingMore() {
    try (SearchLease old = acquire(ELSEWHERE)) {
      TablesJournal journal =
          new TablesJournal(warehouse, "a", Samples.SPACE, Samples.UNIT, old, clock);
      clock.move(Samples.LEASE.plusSeconds(1));
      try (SearchLease taken = acquire("me")) {
        taken.requireHeld();
        assertThatThrownBy(old::requireHeld)
            .hasMessage(
                "Cannot go on with the search a: its lease expired, and another driver took it over");
        assertThatThrownBy(() -> journal.propose(List.of(Samples.proposal(1))))
            .hasMessageContaining("another driver took it over");
        assertThat(RecordedSearch.read(warehouse, "a", Samples.SPACE).proposals()).isEmpty();
      }
    }
  }

  @Test
  void anExpiredLeaseThatNobodyTookIsRenewed() {
    try (SearchLease lease = acquire("me")) {
      clock.move(Samples.LEASE.plusSeconds(1));
      lease.requireHeld();
      assertThat(searches.find("a").flatMap(Row::lease).orElseThrow().expires())
          .isEqualTo(clock.instant().plus(Samples.LEASE));
    }
  }

  @Test
  void aReleasedSearchIsInTheStateThatItWasLeftIn() {
    try (SearchLease lease = acquire("me")) {
      assertThat(searches.find("a")).get().extracting(Row::state).isEqualTo(State.RUNNING);
      lease.release(State.STOPPED);
      assertThatThrownBy(lease::requireHeld).hasMessageContaining("Cannot go on");
    }
    Row row = searches.find("a").orElseThrow();
    assertThat(row.state()).isEqualTo(State.STOPPED);
    assertThat(row.lease()).isEmpty();
  }

  @Test
  void theLeaseOfAProcessThatIsGoneIsVoidAtOnce() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "600").start();
    String owner =
        new Owner(
                Owner.current().host(),
                process.pid(),
                process.info().startInstant().orElseThrow().toString())
            .toString();
    try (SearchLease lease = acquire(owner)) {
      lease.requireHeld();
      assertThatThrownBy(() -> acquire("me")).hasMessageContaining(owner);
      process.destroyForcibly().waitFor();
      try (SearchLease taken = acquire("me")) {
        taken.requireHeld();
      }
    }
  }
}
