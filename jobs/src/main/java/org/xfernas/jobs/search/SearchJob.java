package org.xfernas.jobs.search;

import java.io.IOException;
import java.util.Optional;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.Warehouse;

/** Searches for a good architecture, or goes on with a search that was stopped. */
public final class SearchJob implements Job {

  @Override
  public String name() {
    return "search";
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    context.requireNoArguments();
    Optional<JobResult> finished = showFinished(context);
    if (finished.isPresent()) {
      return finished.get();
    }
    DescribedSearch search = DescribedSearch.of(context);
    try (Warehouse warehouse = Warehouse.open(search.tables())) {
      return search.run(warehouse);
    }
  }

  private static Optional<JobResult> showFinished(JobContext context) throws IOException {
    ReportSections sections;
    try {
      sections = Settings.read(context.config(), ReportSections.class);
    } catch (UsageException e) {
      // Whoever reads all sections reports these problems with all others.
      return Optional.empty();
    }
    if (!Warehouse.exists(sections.tables())) {
      return Optional.empty();
    }
    SearchConfiguration configuration = SearchConfiguration.of(context.config(), sections.search());
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      String id = configuration.id(sections.search());
      return new ReportedSearch(context, sections, id, warehouse).showFinished(configuration);
    }
  }
}
