package org.xfernas.jobs.nightly;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.xfernas.jobs.FullDisk;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.search.DescribedSearch;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.NearestName;

/** Searches on those tasks of a list that are due: {@code nightly [TASK]...}, of which all. */
public final class NightlyJob implements Job {

  @Override
  public String name() {
    return "nightly";
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    NightlySections sections = Settings.read(context.config(), NightlySections.class);
    NightlySettings settings = sections.nightly();
    Set<String> tasks = tasks(context, settings);
    requireSearches(context, settings, tasks);
    requireFreeSpace(sections);
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      Optional<Row> before = new SearchesTable(warehouse).find(settings.id());
      requireNight(before);
      requireAlone(before, context);
      requireClock(warehouse, sections, context);
      try (SearchLease lease = lease(warehouse, sections, before, context)) {
        // One for the night and the names of all its searches.
        Instant now = context.clock().instant();
        NightPlan plan =
            NightPlan.of(
                settings, tasks, (task, id) -> search(context, settings, task, id), warehouse, now);
        return new Night(context, sections, warehouse, lease, plan, now).run();
      }
    }
  }

  private static Set<String> tasks(JobContext context, NightlySettings settings) {
    Set<String> known = settings.tasks().keySet();
    List<String> problems =
        context.arguments().stream()
            .filter(task -> !known.contains(task))
            .map(
                task ->
                    "Cannot search on %s: xfernas.nightly.tasks has no such task%s; it has %s"
                        .formatted(
                            task,
                            NearestName.of(task, known)
                                .map(" (did you mean %s?)"::formatted)
                                .orElse(""),
                            String.join(", ", known)))
            .toList();
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return context.arguments().isEmpty() ? known : new LinkedHashSet<>(context.arguments());
  }

  private static DescribedSearch search(
      JobContext context, NightlySettings settings, String task, String id) {
    return DescribedSearch.of(
        new JobContext(
            List.of(),
            settings.search(context.config(), task, id),
            context.master(),
            context.out(),
            context.err(),
            context.clock()));
  }

  /** Reads the settings of all searches, so that none is refused in the midst of the night. */
  private static void requireSearches(
      JobContext context, NightlySettings settings, Set<String> tasks) {
    List<String> problems = new ArrayList<>();
    for (String task : tasks) {
      try {
        search(context, settings, task, settings.id());
      } catch (UsageException e) {
        e.getMessage()
            .lines()
            .forEach(line -> problems.add("the search on %s: %s".formatted(task, line)));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
  }

  private static void requireFreeSpace(NightlySections sections) throws IOException {
    if (!sections.tables().catalog().isEmpty()) {
      return;
    }
    long free = FullDisk.usableSpace(sections.tables().warehouse());
    long wanted = sections.nightly().freeSpace().bytes();
    if (free < wanted) {
      throw new UsageException(
          "Cannot start the night: the disk of the warehouse has %d MB free, and xfernas.nightly.free-space asks for %d; make room, or set it lower (xfernas.tables.warehouse=%s)"
              .formatted(free >> 20, wanted >> 20, sections.tables().warehouse()));
    }
  }

  /** Searches and nights have their leases in one table. */
  private static void requireNight(Optional<Row> before) {
    before
        .filter(row -> !NightRow.isNight(row))
        .ifPresent(
            row -> {
              throw new UsageException(
                  "Cannot start the night: there is a search of this name; give the nights another xfernas.nightly.id (xfernas.nightly.id=%s)"
                      .formatted(row.searchId()));
            });
  }

  private static void requireAlone(Optional<Row> night, JobContext context) {
    SearchLease.driver(night, context.clock())
        .ifPresent(
            lease -> {
              throw new UsageException(
                  "Cannot start the night: another one is under way, %s, whose lease expires at %s; stop that one, or wait (xfernas.nightly.id=%s)"
                      .formatted(lease.owner(), lease.expires(), night.get().searchId()));
            });
  }

  /**
   * Names and ages of searches are of no use where the clock goes back. Others may drive searches
   * of their own by clocks that are not quite this one.
   */
  private static void requireClock(
      Warehouse warehouse, NightlySections sections, JobContext context) {
    Instant now = context.clock().instant();
    Instant latest = now.plus(sections.tables().lease());
    new SearchesTable(warehouse)
        .all().stream()
            .filter(
                row ->
                    row.updated()
                        .isAfter(
                            NightPlan.isOfNights(sections.nightly(), row.searchId())
                                ? now
                                : latest))
            .max(Comparator.comparing(Row::updated))
            .ifPresent(
                row -> {
                  throw new UsageException(
                      "Cannot start the night: the clock says %s, and %s had its last sign of life at %s; set the clock right, or, where it was wrong then, wait until that time or import the exported trials into another xfernas.tables.warehouse"
                          .formatted(now, row.searchId(), row.updated()));
                });
  }

  private static SearchLease lease(
      Warehouse warehouse, NightlySections sections, Optional<Row> before, JobContext context) {
    return SearchLease.acquire(
        warehouse,
        sections.nightly().id(),
        before,
        NightRow.EMPTY,
        Knowledge.NONE,
        sections.tables().lease(),
        context.clock());
  }
}
