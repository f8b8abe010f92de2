package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.xfernas.jobs.ablation.SweepSummary.ArmResult;
import org.xfernas.jobs.report.SummaryFile;

/**
 * What a sweep leaves behind, apart from its rows.
 *
 * @param sweepId name of the sweep
 * @param runId of this run of it
 * @param results of its searches
 * @param failed cells whose search broke off
 */
record SweepReport(String sweepId, String runId, SweepResults results, int failed) {

  /**
   * Writes ablation.csv, comparisons.csv and summary.json, and prints both tables.
   *
   * @return path of the summary
   */
  Path write(PrintStream out) throws IOException {
    Path directory = results.settings().output();
    Files.createDirectories(directory);
    SweepFiles.writeEvaluations(directory.resolve("ablation.csv"), sweepId, results);
    List<ArmResult> arms = SweepSummary.arms(results);
    printArms(arms, out);
    List<Comparison> comparisons = Comparison.all(results);
    SweepFiles.writeComparisons(directory.resolve("comparisons.csv"), sweepId, comparisons);
    printComparisons(comparisons, out);
    return SummaryFile.write(
        directory,
        new SweepSummary(
            "ablation", runId, sweepId, results.cells().size(), failed, arms, comparisons));
  }

  private void printArms(List<ArmResult> arms, PrintStream out) {
    out.println("regret of the guiding metric, per cent of optimum - median, mean over the seeds");
    out.println(
        labels("optimizer", "transfer", "task", "points", "guard case", "seeds")
            + columns(results.checkpoints()));
    for (ArmResult arm : arms) {
      out.println(
          labels(
                  arm.optimizer(),
                  arm.transfer(),
                  arm.task(),
                  arm.sourcePoints(),
                  arm.guardCase(),
                  arm.seeds())
              + cells(arm.regret().stream().map(at -> number(at.mean())).toList()));
    }
  }

  private static String labels(Object... labels) {
    return "%-17s%-9s%-12s%7s  %-10s%6s".formatted(labels);
  }

  private void printComparisons(List<Comparison> comparisons, PrintStream out) {
    if (comparisons.isEmpty()) {
      return;
    }
    out.println(
        "with transfer against others, paired over the seeds: + significantly better, = not worse by 1 point, ? neither; and how many times the evaluations the other needs");
    out.println(
        "%-27s%-27s%-12s%7s  %-10s"
                .formatted("optimizer", "against", "task", "points", "guard case")
            + columns(results.checkpoints()));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      String row =
          "%-27s%-27s%-12s%7s  %-10s"
              .formatted(
                  comparison.optimizer() + " " + comparison.transfer(),
                  comparison.rival() + " " + comparison.rivalTransfer(),
                  comparison.task(),
                  comparison.sourcePoints(),
                  comparison.guardCase());
      rows.computeIfAbsent(row, any -> new ArrayList<>()).add(verdict(comparison));
    }
    rows.forEach((row, verdicts) -> out.println(row + cells(verdicts)));
  }

  private static String verdict(Comparison comparison) {
    String sign = comparison.better() ? "+" : comparison.notWorse() ? "=" : "?";
    return String.format(
        Locale.ROOT, "%s %s%.1f", sign, comparison.censored() ? ">" : "", comparison.speedUp());
  }

  private static String columns(List<Integer> checkpoints) {
    return cells(checkpoints.stream().map(evaluations -> "N=" + evaluations).toList());
  }

  private static String cells(List<String> texts) {
    return texts.stream().map("%9s"::formatted).collect(Collectors.joining());
  }

  private static String number(Double value) {
    return value == null ? "-" : String.format(Locale.ROOT, "%.2f", value);
  }
}
