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
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xfernas.jobs.ablation.SweepSummary.ArmResult;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.report.SweepPage;

/**
 * What a sweep leaves behind, apart from its rows.
 *
 * @param run at its end
 * @param results of its searches
 */
record SweepReport(SweepKind.Run run, SweepResults results) {

  /**
   * Writes ablation.csv, comparisons.csv, report.html and summary.json, and prints both tables.
   *
   * @return path of the summary
   */
  Path write(PrintStream out) throws IOException {
    Path directory = results.settings().output();
    Files.createDirectories(directory);
    SweepFiles.writeEvaluations(directory.resolve("ablation.csv"), run.sweepId(), results);
    List<ArmResult> arms = SweepSummary.arms(results);
    printArms(arms, out);
    List<Comparison> comparisons = Comparison.all(results);
    SweepFiles.writeComparisons(directory.resolve("comparisons.csv"), run.sweepId(), comparisons);
    printComparisons(comparisons, out);
    List<String> verdicts = verdicts(comparisons, results.settings().mean());
    verdicts.forEach(out::println);
    Path page = directory.resolve("report.html");
    page(arms, comparisons, verdicts).write(page);
    out.println("report: " + page);
    return SummaryFile.write(
        directory,
        new SweepSummary(
            "ablation",
            run.runId(),
            run.sweepId(),
            results.cells().size(),
            run.failed(),
            verdicts,
            arms,
            comparisons,
            page.toString()));
  }

  /**
   * What the comparisons of each arm with transfer with the same without say, in a sentence.
   *
   * @param task that stands for all
   */
  static List<String> verdicts(List<Comparison> comparisons, String task) {
    return comparisons.stream()
        .filter(one -> one.isWithPlain() && one.task().equals(task))
        .collect(
            Collectors.groupingBy(
                one ->
                    List.of(one.optimizer(), one.transfer(), one.sourcePoints(), one.guardCase()),
                LinkedHashMap::new,
                Collectors.toList()))
        .values()
        .stream()
        .map(SweepReport::sentence)
        .toList();
  }

  private static String sentence(List<Comparison> setting) {
    Comparison first = setting.get(0);
    Map<String, String> verdicts =
        setting.stream()
            .collect(
                Collectors.groupingBy(
                    one ->
                        one.verdict().equals("open")
                            ? "shown neither better nor not worse with %d seeds"
                                .formatted(one.pairs())
                            : one.verdict(),
                    LinkedHashMap::new,
                    Collectors.mapping(
                        one ->
                            String.format(
                                Locale.ROOT,
                                "%d (%.2f against %.2f)",
                                one.evaluations(),
                                one.regret(),
                                one.rivalRegret()),
                        Collectors.joining(", "))));
    return "%s with transfer %s on %s, with %d results of each source%s, compared with the same without sources (mean regret of each): %s"
        .formatted(
            first.optimizer(),
            first.transfer(),
            first.task().equals(Comparison.MEAN) ? "the mean of the targets" : first.task(),
            first.sourcePoints(),
            first.guardCase().equals(GuardCase.NONE.text())
                ? ""
                : " (%s)".formatted(first.guardCase()),
            verdicts.entrySet().stream()
                .map(verdict -> verdict.getKey() + " at N = " + verdict.getValue())
                .collect(Collectors.joining("; ")));
  }

  /**
   * What a reader of a sweep's page wants to know first.
   *
   * @param done how many of the cells have a result
   */
  static List<SweepPage.Fact> facts(AblationSettings settings, int cells, long done) {
    return List.of(
        new SweepPage.Fact(
            "cells", cells + (done < cells ? ", %d of them done".formatted(done) : "")),
        new SweepPage.Fact("seeds", String.valueOf(settings.grid().seeds().values().size())),
        new SweepPage.Fact(
            "targets",
            "%d: %s".formatted(settings.targets().size(), String.join(", ", settings.targets()))));
  }

  private SweepPage page(
      List<ArmResult> arms, List<Comparison> comparisons, List<String> verdicts) {
    return new SweepPage(
        run.sweepId(),
        "search",
        "evaluations",
        results.settings().targetsAndMean(),
        List.of("regret"),
        curves(results),
        facts(results.settings(), results.cells().size(), results.done()),
        verdicts,
        List.of(
            new SweepPage.Table(
                "Regret, per cent of optimum - median, over the seeds",
                List.of(
                    "optimizer",
                    "transfer",
                    "task",
                    "points",
                    "guard case",
                    "seeds",
                    "evaluations",
                    "mean",
                    "deviation"),
                arms.stream().flatMap(SweepReport::rows).toList()),
            comparisons(comparisons),
            costs(results.settings().kind(), arms)),
        run.provenance());
  }

  /** Each arm with transfer against others. */
  static SweepPage.Table comparisons(List<Comparison> comparisons) {
    return new SweepPage.Table(
        "With transfer against others, paired over the seeds",
        "better: significantly; not worse: by less than 1 point of regret; open: neither can be told. The speed-up is how many times the evaluations the other needs until its regret is as low; with > it never was within its budget.",
        List.of(
            "optimizer",
            "against",
            "task",
            "points",
            "guard case",
            "evaluations",
            "regret",
            "other's",
            "verdict",
            "speed-up",
            "p better",
            "p not worse"),
        comparisons.stream().map(SweepReport::row).toList());
  }

  /** What each arm took on each task. */
  static SweepPage.Table costs(AblationSettings.Kind kind, List<ArmResult> arms) {
    return new SweepPage.Table(
        "Seconds that the optimizer took in a whole search, mean over the seeds",
        List.of(
            "optimizer",
            "transfer",
            "task",
            "points",
            kind == AblationSettings.Kind.BACKTEST ? "sources" : "guard case",
            "seconds"),
        arms.stream()
            .filter(arm -> arm.optimizerSeconds() != null)
            .map(
                arm ->
                    row(
                        arm,
                        arm.optimizer(),
                        arm.transfer(),
                        arm.task(),
                        arm.sourcePoints(),
                        sources(kind, arm.guardCase()),
                        arm.optimizerSeconds()))
            .toList());
  }

  /** What a page calls the sources: a backtest has all of them as they are, or one alone. */
  private static String sources(AblationSettings.Kind kind, String sourceCase) {
    return kind == AblationSettings.Kind.BACKTEST && sourceCase.equals(GuardCase.NONE.text())
        ? BacktestGain.ALL
        : sourceCase;
  }

  /** A curve of each arm on each task. */
  static List<SweepPage.Curve> curves(SweepResults results) {
    return results.settingsOfArms().stream()
        .flatMap(
            setting ->
                results.settings().targetsAndMean().stream()
                    .map(task -> curve(results, setting, task)))
        .toList();
  }

  private static SweepPage.Curve curve(
      SweepResults results, SweepResults.Setting setting, String task) {
    return new SweepPage.Curve(
        name(setting.arm()),
        setting.arm().transfers(),
        setting.points(),
        sources(results.settings().kind(), setting.sourceCase().text()),
        task,
        IntStream.rangeClosed(1, results.settings().budget().evaluations())
            .mapToObj(n -> point(n, results.regrets(setting, task, n)))
            .toList());
  }

  private static SweepPage.Point point(int evaluations, double[] regrets) {
    return new SweepPage.Point(evaluations, Map.of("regret", SweepPage.Spread.of(regrets)));
  }

  private static String name(Arm arm) {
    return SweepPage.arm(arm.type().text(), arm.transferText());
  }

  private static SweepPage.Row row(ArmResult arm, Object... cells) {
    return new SweepPage.Row(
        List.of(SweepPage.arm(arm.optimizer(), arm.transfer())), arm.task(), List.of(cells));
  }

  private static Stream<SweepPage.Row> rows(ArmResult arm) {
    return arm.regret().stream()
        .filter(at -> at.mean() != null)
        .map(
            at ->
                row(
                    arm,
                    arm.optimizer(),
                    arm.transfer(),
                    arm.task(),
                    arm.sourcePoints(),
                    arm.guardCase(),
                    arm.seeds(),
                    at.evaluations(),
                    at.mean(),
                    at.standardDeviation() == null ? "" : at.standardDeviation()));
  }

  private static SweepPage.Row row(Comparison comparison) {
    return new SweepPage.Row(
        List.of(
            SweepPage.arm(comparison.optimizer(), comparison.transfer()),
            SweepPage.arm(comparison.rival(), comparison.rivalTransfer())),
        comparison.task(),
        List.of(
            comparison.optimizer() + " " + comparison.transfer(),
            comparison.rival() + " " + comparison.rivalTransfer(),
            comparison.task(),
            comparison.sourcePoints(),
            comparison.guardCase(),
            comparison.evaluations(),
            comparison.regret(),
            comparison.rivalRegret(),
            comparison.verdict(),
            speedUp(comparison),
            comparison.pBetter(),
            comparison.pNotWorse()));
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

  private String labels(Object... labels) {
    return ("%-17s%-9s%-12s%7s  " + caseColumn() + "%6s").formatted(labels);
  }

  private String caseColumn() {
    return column(
        10, results.settingsOfArms().stream().map(setting -> setting.sourceCase().text()));
  }

  /** The format of a column that is as wide as its longest text, and at least so wide. */
  static String column(int least, Stream<String> texts) {
    return "%-" + texts.mapToInt(text -> text.length() + 2).reduce(least, Math::max) + "s";
  }

  private void printComparisons(List<Comparison> comparisons, PrintStream out) {
    if (comparisons.isEmpty()) {
      return;
    }
    out.println(
        "with transfer against others, paired over the seeds: + significantly better, = not worse by 1 point, ? neither; and how many times the evaluations the other needs");
    out.println(
        ("%-27s%-27s%-12s%7s  " + caseColumn())
                .formatted("optimizer", "against", "task", "points", "guard case")
            + columns(results.checkpoints()));
    Map<String, List<String>> rows = new LinkedHashMap<>();
    for (Comparison comparison : comparisons) {
      String row =
          ("%-27s%-27s%-12s%7s  " + caseColumn())
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
    return sign + " " + speedUp(comparison).text();
  }

  private static SweepPage.Bound speedUp(Comparison comparison) {
    return new SweepPage.Bound(comparison.speedUp(), comparison.censored());
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
