package org.xfernas.jobs.search;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.evaluator.TableEvaluator;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchRun;
import org.xfernas.search.run.SearchSummary;
import org.xfernas.search.space.SearchSpace;

/** Searches for a good architecture, or goes on with a search that was stopped. */
public final class SearchJob implements Job {
  private static final DateTimeFormatter RUN_TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS'Z'").withZone(ZoneOffset.UTC);

  @Override
  public String name() {
    return "search";
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    if (!context.arguments().isEmpty()) {
      throw new UsageException(
          "Cannot search: the job takes no arguments (arguments=%s); use --conf and --set"
              .formatted(context.arguments()));
    }
    SearchSections sections = Settings.read(context.config(), SearchSections.class);
    SearchSettings settings = sections.search();
    SearchConfiguration configuration = SearchConfiguration.of(context.config(), settings);
    String id = settings.id().orElseGet(() -> configuration.defaultId(settings));
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      return new NamedSearch(context, sections, configuration, id, warehouse).run();
    }
  }

  /** One search under its name. */
  private record NamedSearch(
      JobContext context,
      SearchSections sections,
      SearchConfiguration configuration,
      String id,
      Warehouse warehouse) {

    JobResult run() throws IOException, InterruptedException {
      Optional<SearchesTable.Row> known = new SearchesTable(warehouse).find(id);
      boolean finished = known.filter(row -> row.state() == State.FINISHED).isPresent();
      if (finished && settings().restart()) {
        String name = TablesJournal.setAside(warehouse, id);
        context
            .err()
            .println("the finished search %s is called %s from now on".formatted(id, name));
        return search(Optional.empty());
      }
      known.ifPresent(
          row -> configuration.requireSameAs(SearchConfiguration.parse(row.configuration()), id));
      return finished ? showAgain() : search(known);
    }

    private JobResult showAgain() throws IOException {
      context
          .err()
          .println(
              "the search %s is finished; to start it anew: --set xfernas.search.restart=true, or another xfernas.search.id"
                  .formatted(id));
      return report(RecordedSearch.read(warehouse, id, settings().space().space()).journal());
    }

    private JobResult search(Optional<SearchesTable.Row> known)
        throws IOException, InterruptedException {
      SearchSpace space = settings().space().space();
      Clock clock = context.clock();
      try (Evaluator evaluator = evaluator();
          SearchLease lease =
              SearchLease.acquire(
                  warehouse, id, known, configuration.text(), sections.tables().lease(), clock)) {
        context.err().println("search %s".formatted(id));
        TablesJournal journal = new TablesJournal(warehouse, id, space, common(), lease, clock);
        try (ProgressDisplay display =
            new ProgressDisplay(
                settings().evaluator().objective(), settings().budget(), context.err(), clock)) {
          new SearchRun(
                  space, Optimizers.of(settings(), space), evaluator, journal, plan(), display)
              .run();
        }
        JobResult result = report(journal);
        journal.release(State.FINISHED);
        return result;
      }
    }

    private Evaluator evaluator() throws IOException {
      EvaluatorSettings.Table table = (EvaluatorSettings.Table) settings().evaluator();
      ArchitectureTable read = ArchitectureTables.read(table, () -> null);
      return new TableEvaluator(read, table.columns(), settings().batch().orElse(1));
    }

    private JobResult report(SearchJournal journal) throws IOException {
      Instant now = context.clock().instant();
      SearchSummary.Labels labels =
          new SearchSummary.Labels(
              id + "-" + RUN_TIME.format(now),
              id,
              settings().task(),
              settings().optimizer().type());
      SearchReport report =
          new SearchReport(
              sections.output().resolve(id),
              SearchSummary.of(labels, plan(), journal),
              SearchProgress.of(settings().evaluator().objective(), journal));
      Path summary = report.write();
      report.print(context.out(), sections.tables());
      return JobResult.done(summary);
    }

    private SearchPlan plan() {
      return new SearchPlan(
          settings().evaluator().objective(),
          settings().budget().criteria(),
          settings().mode(),
          configuration.batch(),
          new Seed(settings().seed()));
    }

    private TrialsTable.Common common() {
      return new TrialsTable.Common(
          settings().task(), configuration.spaceText(), Optional.empty(), Optional.empty());
    }

    private SearchSettings settings() {
      return sections.search();
    }
  }
}
