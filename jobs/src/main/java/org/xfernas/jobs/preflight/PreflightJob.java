package org.xfernas.jobs.preflight;

import java.io.IOException;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.search.Seed;

/**
 * Looks at everything that a search would fail on later, and says what to mend: versions, the
 * numeric backend, the data, the tables, Spark, and the cores, memory and GPUs of its executors.
 */
public final class PreflightJob implements Job {

  @Override
  public String name() {
    return "preflight";
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    context.requireNoArguments();
    PreflightSections sections = Settings.read(context.config(), PreflightSections.class);
    PreflightReport report = new PreflightReport(context.out());
    VersionChecks.all().forEach(report::add);
    report.add(BackendCheck.run());
    report.add(data(sections));
    report.add(tables(sections));
    new SparkChecks(sections, context.master()).all().forEach(report::add);
    return new JobResult(report.exitCode(), report.write(sections.output().resolve(name())));
  }

  private static Check data(PreflightSections sections) {
    try {
      ImageTask task = ImageTask.load(sections.data(), new Seed(0));
      return Check.ok(
          "data",
          "%s has %d training, %d validation and %d test images"
              .formatted(
                  sections.data().dir(),
                  task.training().count(),
                  task.validation().count(),
                  task.test().count()));
    } catch (RuntimeException e) {
      return Check.fail("data", e);
    }
  }

  private static Check tables(PreflightSections sections) {
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      return Check.ok("tables", "in " + sections.tables().warehouse().toAbsolutePath());
    } catch (RuntimeException e) {
      return Check.fail("tables", e, "set xfernas.tables to a catalog that answers");
    }
  }
}
