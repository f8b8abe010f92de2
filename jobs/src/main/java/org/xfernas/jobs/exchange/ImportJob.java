package org.xfernas.jobs.exchange;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.ImportedTrials;
import org.xfernas.jobs.table.ImportsTable;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;

/**
 * Takes files of trials into the table {@code trials}, where later searches learn from them: {@code
 * import FILE...}. Nothing is taken where a row of any of them is wrong. Of a file that was taken
 * before, or another with the same rows, only the licence is, where its manifest names one now.
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
      List<ImportedFile> imported = importAll(files, spark, warehouse, context);
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
   * @param sameAs name of another file that was imported before and has the same trials
   * @param licence as the table {@code imports} has it; empty where it is not known
   */
  private record ImportedFile(
      String file,
      String searchId,
      int trials,
      Optional<String> sameAs,
      String sha256,
      Optional<String> licence) {

    /** The same with the licence of its row, where there is one. */
    ImportedFile with(ImportsTable.Row row) {
      return new ImportedFile(
          file,
          searchId,
          trials,
          sameAs,
          sha256,
          Optional.ofNullable(row).flatMap(it -> it.licence()));
    }

    String line() {
      String before =
          sameAs
              .map("has the same trials as %s, which was imported before"::formatted)
              .orElse("was imported before");
      String what = trials == 0 ? before : TrialsFile.counted(trials);
      return "%s: %s, as the search %s, licence: %s"
          .formatted(file, what, searchId, licence.orElse("not known"));
    }
  }

  private static List<ImportedFile> importAll(
      List<Path> files, SparkSession spark, Warehouse warehouse, JobContext context)
      throws IOException {
    TrialsTable table = new TrialsTable(warehouse);
    ImportsTable imports = new ImportsTable(warehouse);
    Instant now = context.clock().instant();
    Map<String, ImportsTable.Row> before = imports.all();
    Map<String, ImportsTable.Row> known = new TreeMap<>(before);
    List<ImportedFile> imported = new ArrayList<>();
    List<ImportedTrials> read = new ArrayList<>();
    Map<String, String> contents = new HashMap<>();
    List<String> problems = new ArrayList<>();
    try {
      for (Path file : files) {
        String hash = TableFile.sha256(file);
        String searchId = "import-" + hash.substring(0, 12);
        boolean isNew =
            !table.knows(searchId)
                && imported.stream().noneMatch(other -> other.searchId().equals(searchId));
        ImportedTrials trials = table.importing(searchId, now);
        read.add(trials);
        Import one = new Import(file, hash, spark, trials);
        Optional<ImportsTable.Row> same = Optional.empty();
        if (isNew) {
          problems.addAll(one.read());
          contents.put(searchId, trials.contents());
          same = same(searchId, trials.count(), known, contents, table);
          if (same.isEmpty()) {
            known.put(
                searchId,
                new ImportsTable.Row(
                    searchId,
                    file.getFileName().toString(),
                    hash,
                    trials.count(),
                    one.licence(),
                    now));
          }
        } else {
          problems.addAll(one.readManifest());
        }
        String keptAs = same.map(ImportsTable.Row::searchId).orElse(searchId);
        if (!isNew || same.isPresent()) {
          takeLicence(keptAs, one, same.isPresent(), known);
        }
        imported.add(
            new ImportedFile(
                file.toString(),
                keptAs,
                same.isPresent() ? 0 : trials.count(),
                same.map(ImportsTable.Row::file),
                hash,
                Optional.empty()));
      }
      imported.replaceAll(file -> file.with(known.get(file.searchId())));
      if (!problems.isEmpty()) {
        throw new UsageException(problems);
      }
      for (int i = 0; i < read.size(); i++) {
        ImportsTable.Row row = known.get(imported.get(i).searchId());
        if (row != null && !row.equals(before.get(row.searchId()))) {
          // First what is said of them: where the trials are, it is there too.
          imports.record(row);
          before.put(row.searchId(), row);
        }
        if (imported.get(i).trials() > 0) {
          read.get(i).commit();
        }
      }
    } finally {
      read.forEach(ImportedTrials::close);
    }
    imported.forEach(file -> context.out().println(file.line()));
    return imported;
  }

  /**
   * Another file with the same trials in the same order, perhaps in another format.
   *
   * @param contents of files by their searches; of those that were imported before as they are read
   */
  private static Optional<ImportsTable.Row> same(
      String searchId,
      int trials,
      Map<String, ImportsTable.Row> known,
      Map<String, String> contents,
      TrialsTable table) {
    return known.values().stream()
        .filter(row -> row.trials() == trials && !row.searchId().equals(searchId))
        .filter(
            row ->
                contents
                    .computeIfAbsent(row.searchId(), table::contents)
                    .equals(contents.get(searchId)))
        .findFirst();
  }

  /**
   * Takes the licence that the manifest of a file names whose trials were imported before.
   *
   * @param isOther whether it is not the file that they came from, whose own licence counts
   */
  private static void takeLicence(
      String searchId, Import file, boolean isOther, Map<String, ImportsTable.Row> known) {
    if (file.licence().isPresent()) {
      known.computeIfPresent(
          searchId,
          (id, row) ->
              isOther && row.licence().isPresent() ? row : row.withLicence(file.licence()));
    }
  }
}
