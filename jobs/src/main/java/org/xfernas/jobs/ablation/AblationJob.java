package org.xfernas.jobs.ablation;

import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.Warehouse;

/** Sweeps over a grid of searches, or goes on with a sweep that was stopped. */
public final class AblationJob implements Job {

  @Override
  public String name() {
    return "ablation";
  }

  @Override
  public JobResult run(JobContext context) throws Exception {
    context.requireNoArguments();
    AblationSections sections = Settings.read(context.config(), AblationSections.class);
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      return new Sweep(context, sections, warehouse).run();
    }
  }
}
