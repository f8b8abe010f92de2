package org.xfernas.jobs.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.ImportedTrials;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;

/**
 * Takes files of trials into the table {@code trials}, where later searches learn from them: {@code
 * import FILE...}. Nothing is taken where a row of any of them is wrong, and a file that was taken
 * before is left out.
 */
public final class ImportJob implements Job {

  @Override
  public String name() {
    return "import";
  }

  @Override
  public JobResult run(JobContext context) throws IOException {
    List<Path> files = ImportArguments.read(context.arguments());
    ExchangeSections sections = Settings.read(context.config(), ExchangeSections.class);
    try (SparkSession spark =
            files.stream().allMatch(TableFile::isCsv)
                ? null
                : SparkTables.session("xfernas import", context.master(), sections.tables());
        Warehouse warehouse = Warehouse.open(sections.tables())) {
      List<ImportedFile> imported = importAll(files, spark, new TrialsTable(warehouse), context);
      return JobResult.done(
          SummaryFile.write(
              sections.output().resolve(name()), new ImportSummary(name(), imported)));
    }
  }

  private record ImportSummary(String job, List<ImportedFile> files) {}

  /**
   * What became of a file.
   *
   * @param trials how many are new in the table; 0 of a file that was imported before
   */
  private record ImportedFile(String file, String searchId, int trials) {}

  private static List<ImportedFile> importAll(
      List<Path> files, SparkSession spark, TrialsTable table, JobContext context)
      throws IOException {
    List<ImportedFile> imported = new ArrayList<>();
    List<ImportedTrials> read = new ArrayList<>();
    List<String> problems = new ArrayList<>();
    try {
      for (Path file : files) {
        String hash = TableFile.sha256(file);
        String searchId = "import-" + hash.substring(0, 12);
        boolean isNew =
            !table.knows(searchId)
                && imported.stream().noneMatch(other -> other.searchId().equals(searchId));
        ImportedTrials trials = table.importing(searchId, context.clock().instant());
        read.add(trials);
        if (isNew) {
          problems.addAll(new Import(file, hash, spark, trials).read());
        }
        imported.add(new ImportedFile(file.toString(), searchId, trials.count()));
      }
      if (!problems.isEmpty()) {
        throw new UsageException(problems);
      }
      read.stream().filter(trials -> trials.count() > 0).forEach(ImportedTrials::commit);
    } finally {
      read.forEach(ImportedTrials::close);
    }
    for (ImportedFile file : imported) {
      context
          .out()
          .println(
              file.trials() == 0
                  ? "%s: was imported before, as the search %s"
                      .formatted(file.file(), file.searchId())
                  : "%s: %d trials, as the search %s"
                      .formatted(file.file(), file.trials(), file.searchId()));
    }
    return imported;
  }
}
