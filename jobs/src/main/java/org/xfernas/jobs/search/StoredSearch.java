package org.xfernas.jobs.search;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfernas.jobs.config.TableVersion;
import org.xfernas.jobs.report.CellDrawing;
import org.xfernas.jobs.report.SearchPage;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchSummary;

/**
 * Everything that the tables have of a search.
 *
 * @param row of the search itself
 * @param settings it was started with
 * @param progress all of its trials, without those of the choice at the end
 * @param summary of it, with the choice at the end
 * @param chosen whether the best was chosen at full fidelity, on a scale of its own
 * @param without the same search without sources, by any seed, where the tables have it
 */
public record StoredSearch(
    SearchesTable.Row row,
    SearchSettings settings,
    SearchProgress progress,
    SearchSummary summary,
    boolean chosen,
    List<SearchProgress> without) {

  /** Reads a search with the settings that are stored with it. */
  public static StoredSearch read(Warehouse warehouse, SearchesTable.Row row) {
    return read(
        warehouse, row, SearchConfiguration.parse(row.configuration()).settings(), row.searchId());
  }

  /**
   * Reads a search.
   *
   * @param runId of the run that shows it
   */
  static StoredSearch read(
      Warehouse warehouse, SearchesTable.Row row, SearchSettings settings, String runId) {
    SearchProgress progress = progress(warehouse, row.searchId(), settings);
    OptimizerSettings optimizer = settings.optimizer().settings();
    SearchSummary summary =
        SearchSummary.of(
            new SearchSummary.Labels(
                runId,
                row.searchId(),
                settings.task(),
                optimizer.type().text(),
                optimizer.transfer().name().toLowerCase(Locale.ROOT)),
            settings.plan(OptionalInt.empty()),
            progress,
            row.knowledge().snapshot(),
            row.knowledge().sources());
    boolean chosen = false;
    if (settings.choice().candidates() > 0) {
      SearchProgress choice =
          progress(warehouse, TablesJournal.choiceOf(row.searchId()), settings.ofChoice());
      summary = summary.withChoice(choice);
      chosen = choice.best().isPresent();
    }
    return new StoredSearch(
        row, settings, progress, summary, chosen, without(warehouse, row, settings));
  }

  private static List<SearchProgress> without(
      Warehouse warehouse, SearchesTable.Row row, SearchSettings settings) {
    if (!settings.transfers()) {
      return List.of();
    }
    SearchConfiguration own = SearchConfiguration.parse(row.configuration());
    return new SearchesTable(warehouse)
        .all().stream()
            .filter(other -> own.isWithSources(SearchConfiguration.parse(other.configuration())))
            .map(other -> progress(warehouse, other.searchId(), settings))
            .toList();
  }

  private static SearchProgress progress(Warehouse warehouse, String searchId, SearchSettings of) {
    return SearchProgress.of(
        of.objective(), RecordedSearch.read(warehouse, searchId, of.space().space()).journal());
  }

  /** The best cell as SVG; empty where no candidate completed. */
  Optional<String> picture() {
    return summary
        .best()
        .map(best -> CellDrawing.of(settings.space().space().parse(best.architecture())));
  }

  /** The search as a part of a page. */
  public SearchPage.Shown shown() {
    return new SearchPage.Shown(
        summary,
        progress,
        picture(),
        without,
        row.configuration(),
        Optional.of(new TableVersion(row.knowledge().snapshot()).text())
            .filter(version -> settings.readsTrials()),
        settings.evaluator() instanceof EvaluatorSettings.Table table
            ? table.otherCost()
            : Optional.empty(),
        row.state().name().toLowerCase(Locale.ROOT));
  }
}
