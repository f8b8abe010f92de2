package org.xfernas.jobs.search;

import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
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
    SearchSections sections = Settings.read(context.config(), SearchSections.class);
    SearchConfiguration configuration = SearchConfiguration.of(context.config(), sections.search());
    String id = sections.search().id().orElseGet(() -> configuration.defaultId(sections.search()));
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      return new NamedSearch(context, sections, configuration, id, warehouse).run();
    }
  }
}
