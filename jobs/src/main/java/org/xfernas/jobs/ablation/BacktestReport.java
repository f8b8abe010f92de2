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
import java.util.stream.Stream;
import org.xfernas.jobs.ablation.BacktestGain.Verdict;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.report.SweepPage;
import org.xfernas.search.optimizer.Transfer;

/**
 * What a backtest leaves behind, apart from its rows.
 *
 * @param run at its end
 * @param results of its searches
 */
record BacktestReport(SweepKind.Run run, SweepResults results) {

  /**
   * The summary.json of a backtest.
   *
   * @param job name of the job
   * @param runId of this run of it
   * @param sweepId under which the rows are in the table
   * @param trialsSnapshot version of the table of trials; null where the table is a file
   * @param cells of the grid
   * @param failed cells whose search broke off
   * @param verdicts in sentences: of each task and its sources together, then of each source alone
   * @param gains in numbers
   * @param report path of the page that shows them
   */
  record Summary(
      String job,
      String runId,
      String sweepId,
      Long trialsSnapshot,
      int cells,
      int failed,
      List<String> verdicts,
      List<BacktestGain> gains,
      String report) {}

  /**
   * Writes ablation.csv, backtest.csv, report.html and summary.json, and prints the gains and what
   * they say.
   *
   * @return path of the summary
   */
  Path write(PrintStream out) throws IOException {
    Path directory = results.settings().output();
    Files.createDirectories(directory);
    SweepFiles.writeEvaluations(directory.resolve("ablation.csv"), run.sweepId(), results);
    List<BacktestGain> gains = BacktestGain.all(results);
    SweepFiles.writeGains(directory.resolve("backtest.csv"), run.sweepId(), gains);
    List<List<BacktestGain>> rows = rows(gains);
    List<String> verdicts = rows.stream().map(BacktestReport::sentence).toList();
    print(rows, out);
    verdicts.forEach(out::println);
    Path page = directory.resolve("report.html");
    page(gains, verdicts).write(page);
    out.println("report: " + page);
    return SummaryFile.write(
        directory,
        new Summary(
            "ablation",
            run.runId(),
            run.sweepId(),
            run.snapshot(),
            results.cells().size(),
            run.failed(),
            verdicts,
            gains,
            page.toString()));
  }

  /** Those that differ in the evaluations alone: of all sources first. */
  private static List<List<BacktestGain>> rows(List<BacktestGain> gains) {
    Map<List<Object>, List<BacktestGain>> rows = new LinkedHashMap<>();
    Stream.of(true, false)
        .flatMap(
            all -> gains.stream().filter(gain -> all == gain.sources().equals(BacktestGain.ALL)))
        .forEach(gain -> rows.computeIfAbsent(key(gain), key -> new ArrayList<>()).add(gain));
    return List.copyOf(rows.values());
  }

  private static List<Object> key(BacktestGain gain) {
    return List.of(
        gain.optimizer(), gain.transfer(), gain.task(), gain.sources(), gain.sourcePoints());
  }

  /** What the gains of a row say, such as at which evaluations transfer would have paid. */
  static String sentence(List<BacktestGain> row) {
    BacktestGain first = row.get(0);
    String verdicts =
        Stream.of(Verdict.values())
            .flatMap(verdict -> clause(verdict, row).stream())
            .collect(Collectors.joining("; "));
    return "%s with transfer %s on %s, by %s, at most %d results each: %s"
        .formatted(
            first.optimizer(),
            first.transfer(),
            first.task().equals(Comparison.MEAN) ? "the mean of the tasks" : first.task(),
            first.sources().equals(BacktestGain.ALL)
                ? BacktestGain.ALL
                : first.sources() + " alone",
            first.sourcePoints(),
            verdicts);
  }

  private static List<String> clause(Verdict verdict, List<BacktestGain> row) {
    List<BacktestGain> those = row.stream().filter(gain -> gain.verdict() == verdict).toList();
    if (those.isEmpty()) {
      return List.of();
    }
    if (verdict == Verdict.NO_DIFFERENCE) {
      // Of whole searches, not of some of their evaluations.
      return List.of(verdict.words());
    }
    return List.of(
        "%s at N = %s"
            .formatted(
                verdict.words(),
                those.stream()
                    .map(gain -> "%d (%s)".formatted(gain.evaluations(), interval(gain)))
                    .collect(Collectors.joining(", "))));
  }

  /** The gain with its interval, such as {@code 5.1 [3.0, 7.2]}. */
  private static String interval(BacktestGain gain) {
    return gain.low() == null
        ? String.format(Locale.ROOT, "%.1f", gain.gain())
        : String.format(Locale.ROOT, "%.1f [%.1f, %.1f]", gain.gain(), gain.low(), gain.high());
  }

  private void print(List<List<BacktestGain>> rows, PrintStream out) {
    out.printf(
        "what sources would have gained, points of regret (per cent of optimum - median of what was evaluated), mean over %d seeds with its 95 %% interval%n",
        results.settings().grid().seeds().values().size());
    out.println(
        labels("optimizer", "transfer", "task", "sources")
            + results.checkpoints().stream()
                .map(evaluations -> "%22s".formatted("N=" + evaluations))
                .collect(Collectors.joining()));
    for (List<BacktestGain> row : rows) {
      BacktestGain first = row.get(0);
      out.println(
          labels(first.optimizer(), first.transfer(), first.task(), first.sources())
              + row.stream()
                  .map(gain -> "%22s".formatted(interval(gain)))
                  .collect(Collectors.joining()));
    }
  }

  private static String labels(Object... labels) {
    return "%-11s%-9s%-24s%-24s".formatted(labels);
  }

  private SweepPage page(List<BacktestGain> gains, List<String> verdicts) {
    return new SweepPage(
        run.sweepId(),
        "backtest",
        "evaluations",
        results.settings().targetsAndMean(),
        List.of("regret"),
        SweepReport.curves(results),
        SweepReport.facts(results.settings(), results.cells().size(), results.done()),
        verdicts,
        List.of(
            new SweepPage.Table(
                "What sources would have gained, points of regret, paired over the seeds",
                List.of(
                    "optimizer",
                    "transfer",
                    "task",
                    "sources",
                    "evaluations",
                    "regret",
                    "without sources",
                    "gain",
                    "from",
                    "to",
                    "verdict"),
                gains.stream().map(BacktestReport::row).toList()),
            SweepReport.costs(results.settings().kind(), SweepSummary.arms(results))),
        run.provenance());
  }

  private static SweepPage.Row row(BacktestGain gain) {
    return new SweepPage.Row(
        List.of(
            SweepPage.arm(gain.optimizer(), gain.transfer()),
            SweepPage.arm(gain.optimizer(), Arm.text(Transfer.NONE))),
        gain.task(),
        List.of(
            gain.optimizer(),
            gain.transfer(),
            gain.task(),
            gain.sources(),
            gain.evaluations(),
            gain.regret(),
            gain.plainRegret(),
            gain.gain(),
            gain.low() == null ? "" : gain.low(),
            gain.high() == null ? "" : gain.high(),
            gain.verdict().text()));
  }
}
