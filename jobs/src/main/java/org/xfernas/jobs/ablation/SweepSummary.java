package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.hipparchus.stat.StatUtils;
import org.xfernas.jobs.ablation.SweepResults.Setting;

/**
 * The summary.json of a sweep.
 *
 * @param job name of the job
 * @param runId of this run of it
 * @param sweepId under which the rows are in the table
 * @param cells of the grid
 * @param failed cells whose search broke off
 * @param verdicts of each arm with transfer against the same without, in a sentence
 * @param arms what each found on each target
 * @param comparisons of the arms with transfer
 * @param report path of the page that shows them
 */
record SweepSummary(
    String job,
    String runId,
    String sweepId,
    int cells,
    int failed,
    List<String> verdicts,
    List<ArmResult> arms,
    List<Comparison> comparisons,
    String report) {

  /**
   * Regret of an arm on a target, over the seeds.
   *
   * @param task the target
   * @param seeds that there are results of
   * @param optimizerSeconds of a whole search, on average
   */
  record ArmResult(
      String optimizer,
      String transfer,
      String task,
      int sourcePoints,
      String guardCase,
      int seeds,
      List<RegretAt> regret,
      Double optimizerSeconds) {}

  /**
   * Regret after some evaluations; null where there is none.
   *
   * @param evaluations from 1
   * @param mean over the seeds
   * @param standardDeviation between the seeds, of a single search
   */
  record RegretAt(int evaluations, Double mean, Double standardDeviation) {

    static RegretAt of(int evaluations, double[] regrets) {
      double[] known = Arrays.stream(regrets).filter(Double::isFinite).toArray();
      return new RegretAt(
          evaluations,
          known.length == 0 ? null : StatUtils.mean(known),
          known.length < 2 ? null : Math.sqrt(StatUtils.variance(known)));
    }
  }

  /** Every arm on every target. */
  static List<ArmResult> arms(SweepResults results) {
    List<ArmResult> arms = new ArrayList<>();
    for (Setting setting : results.settingsOfArms()) {
      for (String target : results.settings().targets()) {
        double[] last = results.regrets(setting, target, results.settings().budget().evaluations());
        double seconds = results.optimizerSeconds(setting, target);
        arms.add(
            new ArmResult(
                setting.arm().type().text(),
                setting.arm().transferText(),
                target,
                setting.points(),
                setting.sourceCase().text(),
                (int) Arrays.stream(last).filter(Double::isFinite).count(),
                results.checkpoints().stream()
                    .map(n -> RegretAt.of(n, results.regrets(setting, target, n)))
                    .toList(),
                Double.isNaN(seconds) ? null : seconds));
      }
    }
    return arms;
  }
}
