package org.xfernas.jobs.search;

import java.io.IOException;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchSummary;

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
    Knowledge knowledge = new SearchesTable(warehouse).find(id).orElseThrow().knowledge();
    SearchProgress progress = progress(id, settings());
    OptimizerSettings optimizer = settings().optimizer().settings();
    String run = id + "-" + RUN_TIME.format(context.clock().instant());
    SearchSummary summary =
        SearchSummary.of(
            new SearchSummary.Labels(
                run,
                id,
                settings().task(),
                optimizer.type().text(),
                optimizer.transfer().name().toLowerCase(Locale.ROOT)),
            settings().plan(OptionalInt.empty()),
            progress,
            knowledge.snapshot(),
            knowledge.sources());
    boolean chosen = settings().choice().candidates() > 0;
    if (chosen) {
      summary = summary.withChoice(progress(TablesJournal.choiceOf(id), settings().ofChoice()));
    }
    SearchReport report =
        new SearchReport(
            sections.output().resolve(id), summary, settings().space().space(), progress, chosen);
    Path path = report.write();
    report.print(context.out(), comparison(), sections.tables());
    if (summary.best().isEmpty()) {
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

  private SearchProgress progress(String searchId, SearchSettings of) {
    return SearchProgress.of(
        of.objective(), RecordedSearch.read(warehouse, searchId, of.space().space()).journal());
  }

  private SearchSettings settings() {
    return sections.search();
  }

  private void say(String line) {
    context.err().println(line);
  }
}
