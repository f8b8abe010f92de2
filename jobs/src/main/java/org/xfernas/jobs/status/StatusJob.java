package org.xfernas.jobs.status;

import static java.util.stream.Collectors.partitioningBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.nightly.NightRow;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.NearestName;

/** Shows how far one search is, or all of them are, and whether a night is under way. */
public final class StatusJob implements Job {

  @Override
  public String name() {
    return "status";
  }

  /** What the job reads of a configuration. */
  private record StatusSections(Path output, TablesSettings tables) {}

  /** The job's summary. */
  private record StatusSummary(String job, List<SearchStatus> searches, List<NightStatus> nights) {
    static final StatusSummary NOTHING = new StatusSummary("status", List.of(), List.of());
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    if (context.arguments().size() > 1) {
      throw new UsageException(
          "Cannot show the status: give the id of one search or of the nights, or nothing for all (arguments=%s)"
              .formatted(context.arguments()));
    }
    StatusSections sections = Settings.read(context.config(), StatusSections.class);
    StatusSummary status =
        status(context, sections.tables(), context.arguments().stream().findFirst());
    List<SearchStatus> searches = status.searches();
    if (searches.isEmpty() && status.nights().isEmpty()) {
      context.out().println("no search yet in " + sections.tables().warehouse().toAbsolutePath());
    }
    status.nights().forEach(night -> context.out().println(night.line()));
    searches.forEach(search -> context.out().println(search.line()));
    if (searches.size() == 1) {
      searches.get(0).bestArchitecture().ifPresent(best -> context.out().println("best: " + best));
    }
    return JobResult.done(SummaryFile.write(sections.output().resolve("status"), status));
  }

  private static StatusSummary status(
      JobContext context, TablesSettings tables, Optional<String> id) {
    if (!Warehouse.exists(tables)) {
      requireKnown(List.of(), id);
      return StatusSummary.NOTHING;
    }
    try (Warehouse warehouse = Warehouse.open(tables)) {
      List<SearchesTable.Row> rows = new SearchesTable(warehouse).all();
      requireKnown(rows.stream().map(SearchesTable.Row::searchId).toList(), id);
      Map<Boolean, List<SearchesTable.Row>> byNight =
          rows.stream()
              .filter(row -> id.isEmpty() || row.searchId().equals(id.get()))
              .collect(partitioningBy(NightRow::isNight));
      return new StatusSummary(
          "status",
          byNight.get(false).stream()
              .map(row -> SearchStatus.of(warehouse, row, context.clock()))
              .toList(),
          byNight.get(true).stream().map(row -> NightStatus.of(row, context.clock())).toList());
    }
  }

  private static void requireKnown(List<String> known, Optional<String> id) {
    if (id.isPresent() && !known.contains(id.get())) {
      String nearest =
          NearestName.of(id.get(), known).map(" (did you mean %s?)"::formatted).orElse("");
      throw new UsageException(
          "Cannot show the status of %s: there is no such search%s; status without an id lists all"
              .formatted(id.get(), nearest));
    }
  }
}
