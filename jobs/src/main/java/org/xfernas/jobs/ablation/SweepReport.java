package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.ablation.SweepSummary.ArmResult;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.SweepsTable.Evaluation;

/**
 * What a sweep leaves behind, apart from its rows: {@code ablation.csv} and the summary.
 *
 * @param sweepId name of the sweep
 * @param runId of this run
 * @param results of its searches
 */
record SweepReport(String sweepId, String runId, SweepResults results) {
  private static final CSVFormat CSV =
      CSVFormat.RFC4180
          .builder()
          .setRecordSeparator("\n")
          .setHeader(
              "sweep_id",
              "optimizer",
              "transfer",
              "task",
              "guide",
              "source_points",
              "target_points",
              "guard_case",
              "seed",
              "evaluation",
              "validation_accuracy",
              "test_accuracy",
              "regret",
              "optimizer_seconds")
          .build();

  /**
   * Writes the files, and prints the regret of every arm.
   *
   * @param failed cells whose search broke off
   */
  JobResult write(int failed, JobContext context) throws IOException {
    Path directory = results.settings().output();
    Files.createDirectories(directory);
    writeCsv(directory.resolve("ablation.csv"));
    List<ArmResult> arms = SweepSummary.arms(results);
    print(arms, context.out());
    Path summary =
        SummaryFile.write(
            directory,
            new SweepSummary("ablation", runId, sweepId, results.cells().size(), failed, arms));
    if (failed > 0) {
      context
          .err()
          .println(
              "%d cells of the sweep %s failed; the same command tries them again"
                  .formatted(failed, sweepId));
    }
    return new JobResult(failed > 0 ? ExitCode.FAILED : ExitCode.DONE, summary);
  }

  private void writeCsv(Path path) throws IOException {
    try (CSVPrinter csv = new CSVPrinter(Files.newBufferedWriter(path), CSV)) {
      for (SweepCell cell : results.cells()) {
        for (Evaluation evaluation : results.evaluations().getOrDefault(cell.key(), List.of())) {
          csv.printRecord(
              sweepId,
              cell.arm().type().text(),
              cell.arm().transferText(),
              cell.target(),
              evaluation.guide(),
              cell.sources().points(),
              null,
              cell.sources().guardCase().text(),
              cell.sources().seed(),
              evaluation.evaluation(),
              known(evaluation.validationAccuracy()),
              known(evaluation.testAccuracy()),
              known(evaluation.regret()),
              evaluation.optimizerSeconds());
        }
      }
    }
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }

  private void print(List<ArmResult> arms, PrintStream out) {
    out.println("regret of the guiding metric, per cent of optimum - median, mean over the seeds");
    out.println(
        row("optimizer", "transfer", "task", "points", "guard case", "seeds")
            + columns(results.checkpoints().stream().map(n -> "N=" + n).toList()));
    for (ArmResult arm : arms) {
      out.println(
          row(
                  arm.optimizer(),
                  arm.transfer(),
                  arm.task(),
                  arm.sourcePoints(),
                  arm.guardCase(),
                  arm.seeds())
              + columns(arm.regret().stream().map(at -> number(at.mean())).toList()));
    }
  }

  private static String row(Object... labels) {
    return "%-17s%-9s%-12s%7s  %-10s%6s".formatted(labels);
  }

  private static String columns(List<String> texts) {
    return texts.stream().map("%8s"::formatted).collect(Collectors.joining());
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
