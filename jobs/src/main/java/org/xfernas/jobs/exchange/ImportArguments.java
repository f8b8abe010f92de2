package org.xfernas.jobs.exchange;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfernas.jobs.JobArguments;
import org.xfernas.jobs.UsageException;
import picocli.CommandLine.Parameters;

/** What the job {@code import} is told: the files. */
final class ImportArguments {
  @Parameters(paramLabel = "FILE", arity = "1..*")
  private List<Path> files;

  /**
   * Reads and checks them.
   *
   * @throws UsageException with every problem
   */
  static List<Path> read(List<String> arguments) {
    List<Path> files = JobArguments.read("import", new ImportArguments(), arguments).files;
    List<String> problems = new ArrayList<>();
    for (Path file : files) {
      if (!TrialsFile.isKnown(file)) {
        problems.add(
            "Cannot import: the name of the file must end in .csv, .csv.gz or .parquet (FILE=%s)"
                .formatted(file));
      } else if (!Files.isRegularFile(file)) {
        problems.add(
            "Cannot import: there is no such file, seen from %s (FILE=%s)"
                .formatted(Path.of("").toAbsolutePath(), file));
      }
    }
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return files;
  }
}
