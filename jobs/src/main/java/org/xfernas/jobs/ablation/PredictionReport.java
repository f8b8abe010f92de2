package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfernas.jobs.ablation.PredictionComparison.Verdict;
import org.xfernas.jobs.ablation.PredictionSummary.Curve;
import org.xfernas.jobs.ablation.PredictionSummary.Point;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.report.SweepPage;
import org.xfernas.search.optimizer.Transfer;

/**
 * What a sweep over predictions leaves behind, apart from its rows.
 *
 * @param run at its end
 * @param results of its cells
 */
record PredictionReport(SweepKind.Run run, PredictionResults results) {

  /**
   * Writes prediction.csv, comparisons.csv, report.html and summary.json, and prints the mean
   * Spearman correlations and the claims.
   *
   * @return path of the summary
   */
  Path write(PrintStream out) throws IOException {
    Path directory = results.settings().output();
    Files.createDirectories(directory);
    SweepFiles.writePredictions(directory.resolve("prediction.csv"), run.sweepId(), results);
    List<Curve> curves = PredictionSummary.curves(results);
    List<PredictionComparison> comparisons = PredictionComparison.all(results);
    SweepFiles.writePredictionComparisons(
        directory.resolve("comparisons.csv"), run.sweepId(), comparisons);
    List<Claim> claims = Claim.all(comparisons);
    print(curves, comparisons, out);
    List<LossEffect> losses = LossEffect.all(results);
    List<String> sentences =
        Stream.concat(
                claims.stream().map(Claim::sentence), losses.stream().map(LossEffect::sentence))
            .toList();
    sentences.forEach(out::println);
    Path page = directory.resolve("report.html");
    page(curves, comparisons, sentences).write(page);
    out.println("report: " + page);
    return SummaryFile.write(
        directory,
        new PredictionSummary(
            "ablation",
            run.runId(),
            run.sweepId(),
            run.snapshot(),
            results.cells().size(),
            run.failed(),
            claims,
            losses,
            curves,
            comparisons,
            page.toString()));
  }

  private SweepPage page(
      List<Curve> curves, List<PredictionComparison> comparisons, List<String> sentences) {
    return new SweepPage(
        run.sweepId(),
        "prediction",
        "points of the target",
        results.settings().targetsAndMean(),
        // The most important first.
        Stream.concat(Stream.of(PredictionMeasure.SPEARMAN), Stream.of(PredictionMeasure.values()))
            .distinct()
            .map(PredictionMeasure::text)
            .toList(),
        curves.stream().map(PredictionReport::shown).toList(),
        SweepReport.facts(results.settings(), results.cells().size(), results.done()),
        sentences,
        List.of(
            new SweepPage.Table(
                "With sources against the same surrogate without, paired over the seeds",
                "Where neither sources nor points of the target are known there is nothing to predict from (–); the comparison is then with a random order.",
                List.of(
                    "surrogate",
                    "measure",
                    "task",
                    "points of each source",
                    "guard case",
                    "points of the target",
                    "with sources",
                    "without",
                    "verdict",
                    "p better",
                    "p not worse"),
                comparisons.stream().map(PredictionReport::row).toList())),
        run.provenance());
  }

  private static SweepPage.Curve shown(Curve curve) {
    return new SweepPage.Curve(
        SweepPage.arm(curve.surrogate(), curve.transfer()),
        !curve.transfer().equals(Arm.text(Transfer.NONE)),
        curve.sourcePoints(),
        curve.guardCase(),
        curve.task(),
        curve.points().stream()
            .map(point -> new SweepPage.Point(point.targetPoints(), point.measures()))
            .toList());
  }

  private static SweepPage.Row row(PredictionComparison one) {
    return new SweepPage.Row(
        List.of(
            SweepPage.arm(one.surrogate(), one.transfer()),
            SweepPage.arm(one.surrogate(), Arm.text(Transfer.NONE))),
        one.task(),
        List.of(
            one.surrogate() + " " + one.transfer(),
            one.measure().text(),
            one.task(),
            one.sourcePoints(),
            one.guardCase(),
            one.targetPoints(),
            one.value(),
            one.plainLearns() ? one.plainValue() : "–",
            one.verdict().text(),
            one.pBetter(),
            one.pNotWorse()));
  }

  private void print(List<Curve> curves, List<PredictionComparison> comparisons, PrintStream out) {
    Map<List<Object>, Verdict> verdicts =
        comparisons.stream()
            .filter(one -> one.measure() == PredictionMeasure.SPEARMAN)
            .collect(Collectors.toMap(PredictionReport::key, PredictionComparison::verdict));
    out.println(
        "Spearman correlation of prediction and truth on architectures without a result, mean over the targets and the seeds, by points of the target; against the same surrogate without sources, paired over the seeds: + significantly better, = not worse by 0.01, - significantly worse, ? neither");
    out.println(
        labels("surrogate", "transfer", "points", "guard case")
            + results.settings().grid().targetPointsInOrder().stream()
                .map(points -> "%9s".formatted("T=" + points))
                .collect(Collectors.joining())
            + "%9s".formatted("drop"));
    Set<String> plain = new HashSet<>();
    for (Curve curve : curves) {
      boolean transfers = !curve.transfer().equals(Arm.text(Transfer.NONE));
      // What does not look at sources is told once.
      if (curve.task().equals(results.settings().mean())
          && (transfers || plain.add(curve.surrogate()))) {
        out.println(
            labels(
                    curve.surrogate(),
                    curve.transfer(),
                    transfers ? curve.sourcePoints() : "any",
                    transfers ? curve.guardCase() : "any")
                + curve.points().stream()
                    .map(
                        point ->
                            "%8s%1s"
                                .formatted(
                                    number(point.mean(PredictionMeasure.SPEARMAN)),
                                    sign(verdicts.get(key(curve, point)))))
                    .collect(Collectors.joining())
                + "%8s ".formatted(number(largestDrop(curve))));
      }
    }
  }

  private static double largestDrop(Curve curve) {
    return curve.largestDrop() == null ? Double.NaN : curve.largestDrop();
  }

  private static List<Object> key(PredictionComparison one) {
    return List.of(
        one.surrogate(),
        one.transfer(),
        one.sourcePoints(),
        one.guardCase(),
        one.task(),
        one.targetPoints());
  }

  private static List<Object> key(Curve curve, Point point) {
    return List.of(
        curve.surrogate(),
        curve.transfer(),
        curve.sourcePoints(),
        curve.guardCase(),
        curve.task(),
        point.targetPoints());
  }

  private String labels(Object... labels) {
    List<PredictionResults.Setting> settings = results.settingsOfPredictors();
    return (SweepReport.column(14, settings.stream().map(setting -> setting.predictor().name()))
            + "%-9s%7s  "
            + SweepReport.column(10, settings.stream().map(setting -> setting.sourceCase().text())))
        .formatted(labels);
  }

  private static String sign(Verdict verdict) {
    return verdict == null ? "" : verdict.sign();
  }

  private static String number(double value) {
    return Double.isNaN(value) ? "-" : String.format(Locale.ROOT, "%.4f", value);
  }
}
