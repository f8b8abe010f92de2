package org.xfernas.jobs.search;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.run.SearchProgress;

/**
 * The search that the configuration of a job describes; everything is checked, and nothing of it is
 * done yet.
 */
public final class DescribedSearch {
  private final JobContext context;
  private final SearchSections sections;
  private final SearchConfiguration configuration;

  private DescribedSearch(
      JobContext context, SearchSections sections, SearchConfiguration configuration) {
    this.context = context;
    this.sections = sections;
    this.configuration = configuration;
  }

  /**
   * Reads the configuration.
   *
   * @throws UsageException with every problem of it
   */
  public static DescribedSearch of(JobContext context) {
    SearchSections sections = Settings.read(context.config(), SearchSections.class);
    return new DescribedSearch(
        context, sections, SearchConfiguration.of(context.config(), sections.search()));
  }

  /** Where its results are kept. */
  public TablesSettings tables() {
    return sections.tables();
  }

  /** Its name. */
  public String id() {
    return configuration.id(sections.search());
  }

  /** Whether it has the settings with which a search was started. */
  public boolean isSameAs(SearchesTable.Row started) {
    return configuration.isSameAs(SearchConfiguration.parse(started.configuration()));
  }

  /** The fingerprint of its images; empty where candidates are looked up. */
  public Optional<String> fingerprint() {
    return sections.trains()
        ? Optional.of(DataDescriptions.of(sections.candidates()).fingerprint())
        : Optional.empty();
  }

  /** Whether it learns from whatever trials of other tasks there are. */
  public boolean learnsFromTrials() {
    return sections.search().transfers()
        && sections.search().sources().isEmpty()
        && sections.search().snapshot().isEmpty();
  }

  /** Starts it, or goes on with it. */
  public JobResult run(Warehouse warehouse) throws IOException, InterruptedException {
    return run(warehouse, Optional.empty());
  }

  /**
   * Starts it, or goes on with it.
   *
   * @param gpuTime after so much more of it the search is left as one that was stopped, whatever
   *     its own budget; empty: its own budget alone counts
   */
  public JobResult run(Warehouse warehouse, Optional<Duration> gpuTime)
      throws IOException, InterruptedException {
    return new NamedSearch(context, sections, configuration, id(), warehouse, gpuTime).run();
  }

  /** The GPU time that its trials took so far, in seconds. */
  public double gpuSeconds(Warehouse warehouse) {
    return gpuSeconds(warehouse, id()) + gpuSeconds(warehouse, TablesJournal.choiceOf(id()));
  }

  private double gpuSeconds(Warehouse warehouse, String searchId) {
    return progress(warehouse, searchId).gpuSeconds();
  }

  /** How far it is, without the choice at its end. */
  public SearchProgress progress(Warehouse warehouse) {
    return progress(warehouse, id());
  }

  private SearchProgress progress(Warehouse warehouse, String searchId) {
    RecordedSearch recorded =
        RecordedSearch.read(warehouse, searchId, sections.search().space().space());
    return SearchProgress.of(sections.search().objective(), recorded.journal());
  }
}
