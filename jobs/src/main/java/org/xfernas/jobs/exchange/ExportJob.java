package org.xfernas.jobs.exchange;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.ImportsTable;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;

/**
 * Writes trials into one file that other searches take as a source, and a manifest beside it:
 * {@code export FILE [--task NAME] [--search ID] [--status completed|failed] [--licence TEXT]
 * [--overwrite]}.
 */
public final class ExportJob implements Job {

  @Override
  public String name() {
    return "export";
  }

  @Override
  public Set<String> options() {
    return ExportArguments.options();
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    ExportArguments arguments = ExportArguments.read(context.arguments());
    ExchangeSections sections = Settings.read(context.config(), ExchangeSections.class);
    Known known =
        known(sections.tables())
            .orElseThrow(
                () ->
                    new UsageException(
                        "Cannot export: there is no trial yet (xfernas.tables.warehouse=%s); run a search, or correct the path"
                            .formatted(sections.tables().warehouse().toAbsolutePath())));
    try (SparkSession spark =
        SparkTables.session("xfernas export", context.master(), sections.tables())) {
      Manifest manifest = new Export(spark, known.snapshot(), known.imports(), arguments).run();
      context.out().println(arguments.file() + ": " + TrialsFile.counted(manifest.rows()));
      return JobResult.done(
          SummaryFile.write(
              sections.output().resolve(name()), new ExportSummary(name(), manifest)));
    }
  }

  private record ExportSummary(String job, Manifest manifest) {}

  /**
   * What is there to export.
   *
   * @param snapshot version of the table of trials
   * @param imports files that were imported, by the searches of their trials
   */
  private record Known(long snapshot, Map<String, ImportsTable.Row> imports) {}

  /** Empty where there is no trial. */
  private static Optional<Known> known(TablesSettings tables) {
    if (!Warehouse.exists(tables)) {
      return Optional.empty();
    }
    try (Warehouse warehouse = Warehouse.open(tables)) {
      OptionalLong snapshot = new TrialsTable(warehouse).snapshot();
      return snapshot.isPresent()
          ? Optional.of(new Known(snapshot.getAsLong(), new ImportsTable(warehouse).all()))
          : Optional.empty();
    }
  }
}
