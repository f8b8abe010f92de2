package org.xfernas.jobs.reporting;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.ablation.SweepRow;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.nightly.NightRow;
import org.xfernas.jobs.report.NightPage;
import org.xfernas.jobs.report.SearchPage;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.search.StoredSearch;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.NearestName;

/**
 * Makes the report of a search, a sweep or a night again from the tables, or one of several
 * searches side by side.
 */
public final class ReportJob implements Job {

  /** As many as there are colours. */
  private static final int MOST = 6;

  private static final int LONGEST_NAME = 200;

  @Override
  public String name() {
    return "report";
  }

  /** What the job reads of a configuration. */
  private record Sections(Path output, TablesSettings tables) {}

  /** The job's summary. */
  private record ReportSummary(String job, List<String> searches, String report) {}

  @Override
  public JobResult run(JobContext context) throws IOException {
    List<String> ids = context.arguments().stream().distinct().toList();
    if (ids.size() > MOST) {
      throw new UsageException(
          "Cannot make a report: at most %d searches can be told apart in a chart (searches=%d)"
              .formatted(MOST, ids.size()));
    }
    if (ids.isEmpty()) {
      throw new UsageException(
          "Cannot make a report: give the id of a search, a sweep or the nights, or of several searches to see them side by side; status lists all");
    }
    Sections sections = Settings.read(context.config(), Sections.class);
    if (!Warehouse.exists(sections.tables())) {
      throw new UsageException(
          "Cannot make a report: there are no tables yet (xfernas.tables.warehouse=%s); run a search, or correct the path"
              .formatted(sections.tables().warehouse().toAbsolutePath()));
    }
    Path directory = sections.output().resolve(name());
    Path page;
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      page = write(rows(ids, warehouse), directory, warehouse);
    }
    context.out().println("report: " + page);
    return JobResult.done(
        SummaryFile.write(directory, new ReportSummary(name(), ids, page.toString())));
  }

  private static Path write(List<Row> rows, Path directory, Warehouse warehouse)
      throws IOException {
    Row first = rows.get(0);
    if (SweepRow.isSweep(first)) {
      return SweepRow.read(first)
          .report(warehouse, first.searchId(), directory.resolve(first.searchId()));
    }
    String joined = String.join("+", rows.stream().map(Row::searchId).toList());
    Path page =
        directory.resolve((joined.length() <= LONGEST_NAME ? joined : "searches") + ".html");
    if (NightRow.isNight(first)) {
      NightPage night =
          NightRow.read(first)
              .orElseThrow(
                  () ->
                      new UsageException(
                          "Cannot make a report of %s: the night has not looked at what is due yet"
                              .formatted(first.searchId())));
      night.at(page).write();
    } else {
      new SearchPage(rows.stream().map(row -> StoredSearch.read(warehouse, row).shown()).toList())
          .write(page);
    }
    return page;
  }

  /** What has these names, all of which must be known. */
  private static List<Row> rows(List<String> ids, Warehouse warehouse) {
    Map<String, Row> known = new LinkedHashMap<>();
    new SearchesTable(warehouse).all().forEach(row -> known.put(row.searchId(), row));
    List<String> problems = new ArrayList<>();
    for (String id : ids) {
      Row row = known.get(id);
      if (row == null && !new SweepsTable(warehouse).read(id).isEmpty()) {
        problems.add(
            "Cannot make a report of %s: of this sweep there are results alone; the ablation command that ran it makes its report again, and runs only what is missing"
                .formatted(id));
      } else if (row == null) {
        problems.add(
            "Cannot make a report of %s: there is no such search, sweep or night%s; status lists all"
                .formatted(
                    id,
                    NearestName.of(id, new TreeSet<>(known.keySet()))
                        .map(" (did you mean %s?)"::formatted)
                        .orElse("")));
      } else if (!id.matches("[A-Za-z0-9._-]+")) {
        problems.add(
            "Cannot make a report of %s: its name is no name of a file, and no search of this program has such a name"
                .formatted(id));
      } else if (ids.size() > 1 && (NightRow.isNight(row) || SweepRow.isSweep(row))) {
        problems.add(
            "Cannot make a report of %s: it is no search, and only searches are shown side by side; give it alone"
                .formatted(id));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return ids.stream().map(known::get).toList();
  }
}
