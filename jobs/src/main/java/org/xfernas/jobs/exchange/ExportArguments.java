package org.xfernas.jobs.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.xfernas.jobs.JobArguments;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.TrialsTable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What the job {@code export} is told: the file, and which trials. */
final class ExportArguments {

  @Parameters(paramLabel = "FILE")
  private Path file;

  @Option(names = "--task")
  private Optional<String> task = Optional.empty();

  @Option(names = "--search")
  private Optional<String> search = Optional.empty();

  @Option(names = "--status")
  private Optional<String> status = Optional.empty();

  @Option(names = "--licence")
  private Optional<String> licence = Optional.empty();

  @Option(names = "--overwrite")
  private boolean overwrite;

  static Set<String> options() {
    return JobArguments.options(new ExportArguments());
  }

  /**
   * Reads and checks them.
   *
   * @throws UsageException with every problem
   */
  static ExportArguments read(List<String> arguments) {
    ExportArguments read = JobArguments.read("export", new ExportArguments(), arguments);
    List<String> problems = new ArrayList<>();
    read.checkFile(problems);
    if (read.status.isPresent() && !TrialsTable.STATUSES.contains(read.status.get())) {
      problems.add(
          "Cannot export: --status must be one of %s (--status %s)"
              .formatted(String.join(", ", TrialsTable.STATUSES), read.status.get()));
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return read;
  }

  private void checkFile(List<String> problems) {
    if (!TrialsFile.isKnown(file)) {
      problems.add(
          "Cannot export: the name of the file must end in .csv, .csv.gz or .parquet (FILE=%s)"
              .formatted(file));
    }
    if (!Files.isDirectory(file.toAbsolutePath().getParent())) {
      problems.add(
          "Cannot export: there is no directory %s; make it, or correct the path (FILE=%s)"
              .formatted(file.toAbsolutePath().getParent(), file));
    }
    for (Path written : List.of(file, Manifest.path(file))) {
      if (Files.isDirectory(written)) {
        problems.add("Cannot export: this is a directory (FILE=%s)".formatted(written));
      } else if (Files.exists(written) && !overwrite) {
        problems.add(
            "Cannot export: the file is there already; choose another name, or add --overwrite (FILE=%s)"
                .formatted(written));
      }
    }
  }

  Path file() {
    return file;
  }

  /** Values that the trials must have, by column. */
  Map<String, String> choices() {
    Map<String, String> choices = new LinkedHashMap<>();
    task.ifPresent(value -> choices.put("task", value));
    search.ifPresent(value -> choices.put(TrialsTable.SEARCH_ID, value));
    status.ifPresent(value -> choices.put("status", value));
    return choices;
  }

  Optional<String> licence() {
    return licence;
  }
}
