package org.xfernas.jobs.search;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.Warehouse;

/**
 * What the tables have of a search, shown to a person and written to its summary.
 *
 * @param context of the job
 * @param sections of the configuration
 * @param id name of the search
 * @param warehouse where its rows are
 */
record ReportedSearch(JobContext context, ReportSections sections, String id, Warehouse warehouse) {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  /** Shows a search that is finished and is not to start anew; empty for any other. */
  Optional<JobResult> showFinished(SearchConfiguration configuration) throws IOException {
    Optional<SearchesTable.Row> finished =
        new SearchesTable(warehouse)
            .find(id)
            .filter(row -> row.state() == State.FINISHED && !sections.search().restart());
    if (finished.isEmpty()) {
      return Optional.empty();
    }
    configuration.requireSameAs(SearchConfiguration.parse(finished.get().configuration()), id);
    say(
        "the search %s is finished; to start it anew: --set xfernas.search.restart=true, or another xfernas.search.id"
            .formatted(id));
    return Optional.of(report());
  }

  /** Writes the summary and says what was found. */
  JobResult report() throws IOException {
    StoredSearch search =
        StoredSearch.read(
            warehouse,
            new SearchesTable(warehouse).find(id).orElseThrow(),
            settings(),
            id + "-" + RUN_TIME.format(context.clock().instant()));
    SearchReport report = new SearchReport(sections.output().resolve(id), search);
    Path path = report.write();
    report.print(context.out(), comparison(), sections.tables());
    if (search.summary().best().isEmpty()) {
      say(
          "no candidate of the search %s was evaluated successfully; failure_reason in the table trials says why"
              .formatted(id));
      return new JobResult(ExitCode.FAILED, path);
    }
    return JobResult.done(path);
  }

  private List<String> comparison() {
    return sections
        .report()
        .comparison()
        .map(file -> TransferComparison.read(file).lines())
        .orElse(List.of());
  }

  private SearchSettings settings() {
    return sections.search();
  }

  private void say(String line) {
    context.err().println(line);
  }
}
