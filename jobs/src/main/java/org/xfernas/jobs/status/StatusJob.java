package org.xfernas.jobs.status;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.ablation.SweepRow;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.nightly.NightRow;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.NearestName;

/** Shows how far one search, sweep or night is, or all of them are. */
public final class StatusJob implements Job {

  @Override
  public String name() {
    return "status";
  }

  /** What the job reads of a configuration. */
  private record StatusSections(Path output, TablesSettings tables) {}

  /** The job's summary. */
  private record StatusSummary(
      String job, List<SearchStatus> searches, List<SweepStatus> sweeps, List<NightStatus> nights) {
    static final StatusSummary NOTHING =
        new StatusSummary("status", List.of(), List.of(), List.of());

    boolean isEmpty() {
      return searches.isEmpty() && sweeps.isEmpty() && nights.isEmpty();
    }
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    if (context.arguments().size() > 1) {
      throw new UsageException(
          "Cannot show the status: give the id of one search, of a sweep or of the nights, or nothing for all (arguments=%s)"
              .formatted(context.arguments()));
    }
    StatusSections sections = Settings.read(context.config(), StatusSections.class);
    StatusSummary status =
        status(context, sections.tables(), context.arguments().stream().findFirst());
    List<SearchStatus> searches = status.searches();
    if (status.isEmpty()) {
      context.out().println("no search yet in " + sections.tables().warehouse().toAbsolutePath());
    }
    status.nights().forEach(night -> context.out().println(night.line()));
    if (!context.arguments().isEmpty()) {
      status.nights().forEach(night -> context.out().print(night.details()));
    }
    status.sweeps().forEach(sweep -> context.out().println(sweep.line()));
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
      Map<String, Integer> cells = new SweepsTable(warehouse).cells();
      Set<String> known =
          rows.stream()
              .map(SearchesTable.Row::searchId)
              .collect(Collectors.toCollection(TreeSet::new));
      Set<String> onlyResults = new TreeSet<>(cells.keySet());
      onlyResults.removeAll(known);
      known.addAll(onlyResults);
      requireKnown(known, id);
      Predicate<String> wanted = name -> id.isEmpty() || name.equals(id.get());
      List<SearchStatus> searches = new ArrayList<>();
      List<SweepStatus> sweeps = new ArrayList<>();
      List<NightStatus> nights = new ArrayList<>();
      for (SearchesTable.Row row : rows) {
        if (!wanted.test(row.searchId())) {
          continue;
        }
        if (NightRow.isNight(row)) {
          nights.add(NightStatus.of(row, context.clock()));
        } else if (SweepRow.isSweep(row)) {
          sweeps.add(SweepStatus.of(row, cells.getOrDefault(row.searchId(), 0), context.clock()));
        } else {
          searches.add(SearchStatus.of(warehouse, row, context.clock()));
        }
      }
      onlyResults.stream()
          .filter(wanted)
          .forEach(sweep -> sweeps.add(SweepStatus.ofResults(sweep, cells.get(sweep))));
      return new StatusSummary("status", searches, sweeps, nights);
    }
  }

  private static void requireKnown(Collection<String> known, Optional<String> id) {
    if (id.isPresent() && !known.contains(id.get())) {
      String nearest =
          NearestName.of(id.get(), known).map(" (did you mean %s?)"::formatted).orElse("");
      throw new UsageException(
          "Cannot show the status of %s: there is no such search, sweep or night%s; status without an id lists all"
              .formatted(id.get(), nearest));
    }
  }
}
