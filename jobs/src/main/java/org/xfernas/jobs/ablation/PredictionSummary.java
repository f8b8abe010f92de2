package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfernas.jobs.ablation.PredictionResults.Setting;
import org.xfernas.jobs.report.SweepPage.Spread;

/**
 * The summary.json of a sweep over predictions.
 *
 * @param job name of the job
 * @param runId of this run of it
 * @param sweepId under which the rows are in the table
 * @param trialsSnapshot version of the table of trials; null where the table is a file
 * @param cells of the grid
 * @param failed cells whose work broke off
 * @param claims of the paper, for each surrogate with sources
 * @param losses what each of the network's is worth against the first
 * @param curves what each predictor reached
 * @param comparisons with the same surrogate without sources
 * @param report path of the page that shows them
 */
record PredictionSummary(
    String job,
    String runId,
    String sweepId,
    Long trialsSnapshot,
    int cells,
    int failed,
    List<Claim> claims,
    List<LossEffect> losses,
    List<Curve> curves,
    List<PredictionComparison> comparisons,
    String report) {

  /**
   * A predictor over the points of the target.
   *
   * @param task the target; {@link Comparison#MEAN}: all of them
   * @param largestDrop of the mean Spearman correlation from one number of points to the next; null
   *     where there is only one
   * @param points in ascending order
   */
  record Curve(
      String surrogate,
      String transfer,
      String task,
      int sourcePoints,
      String guardCase,
      Double largestDrop,
      List<Point> points) {}

  /**
   * A predictor at some points of the target.
   *
   * @param targetPoints results of the target
   * @param measures by name
   */
  record Point(int targetPoints, Map<String, Spread> measures) {

    /** Mean of a measure; NaN where there is none. */
    double mean(PredictionMeasure measure) {
      Double mean = measures.get(measure.text()).mean();
      return mean == null ? Double.NaN : mean;
    }
  }

  /** Every predictor on every target, and on their mean. */
  static List<Curve> curves(PredictionResults results) {
    List<Curve> curves = new ArrayList<>();
    for (Setting setting : results.settingsOfPredictors()) {
      for (String task : results.settings().targetsAndMean()) {
        List<Point> points =
            results.settings().grid().targetPointsInOrder().stream()
                .map(targetPoints -> point(setting, task, targetPoints, results))
                .toList();
        curves.add(
            new Curve(
                setting.predictor().name(),
                Arm.text(setting.predictor().transfer()),
                task,
                setting.points(),
                setting.sourceCase().text(),
                largestDrop(points),
                points));
      }
    }
    return curves;
  }

  private static Point point(
      Setting setting, String task, int targetPoints, PredictionResults results) {
    Map<String, Spread> measures = new LinkedHashMap<>();
    for (PredictionMeasure measure : PredictionMeasure.values()) {
      measures.put(
          measure.text(), Spread.of(results.values(setting, task, targetPoints, measure::of)));
    }
    return new Point(targetPoints, measures);
  }

  private static Double largestDrop(List<Point> points) {
    double largest = Double.NEGATIVE_INFINITY;
    for (int at = 1; at < points.size(); at++) {
      double drop =
          points.get(at - 1).mean(PredictionMeasure.SPEARMAN)
              - points.get(at).mean(PredictionMeasure.SPEARMAN);
      largest = Double.isNaN(drop) ? largest : Math.max(largest, drop);
    }
    return Double.isFinite(largest) ? largest : null;
  }
}
