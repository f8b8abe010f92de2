package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xfernas.jobs.ablation.SweepResults.Setting;
import org.xfernas.jobs.report.PairedTest;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;

/**
 * An arm with transfer against another arm, on one task after some evaluations, paired over the
 * seeds (method, section 6).
 *
 * @param optimizer the arm's
 * @param transfer the arm's
 * @param rival optimizer of the other arm
 * @param rivalTransfer transfer of the other arm
 * @param sourcePoints results of each source
 * @param guardCase which sources, and what was done to them
 * @param task the target; {@link #MEAN}: each seed's mean over all targets
 * @param evaluations after which regrets are compared
 * @param pairs seeds that both arms have a result of
 * @param regret the arm's, mean over the pairs
 * @param rivalRegret the other arm's
 * @param pBetter one-sided Wilcoxon test that the arm's regret is lower, corrected by Holm over the
 *     tasks and evaluations of the two arms
 * @param better whether pBetter is below 0.05
 * @param pNotWorse one-sided Wilcoxon test that the arm's regret is less than 1 point higher; not
 *     corrected, as the claim is that it holds everywhere
 * @param notWorse whether pNotWorse is below 0.05
 * @param rivalEvaluations that the other arm needs until its mean regret is as low; null where it
 *     never is within its budget
 * @param speedUp rivalEvaluations, or all that the other arm has, per evaluation of the arm
 * @param censored whether the speed-up is only a lower bound
 */
record Comparison(
    String optimizer,
    String transfer,
    String rival,
    String rivalTransfer,
    int sourcePoints,
    String guardCase,
    String task,
    int evaluations,
    int pairs,
    double regret,
    double rivalRegret,
    double pBetter,
    boolean better,
    double pNotWorse,
    boolean notWorse,
    Integer rivalEvaluations,
    double speedUp,
    boolean censored) {
  /** In the place of a target: all of them. */
  static final String MEAN = "mean";

  /** Level of the tests. */
  static final double SIGNIFICANCE = 0.05;

  /** Points of regret that do not count. */
  private static final double MARGIN = 1;

  /** What the tests say; the first that holds. */
  String verdict() {
    return better ? "better" : notWorse ? "not worse" : "open";
  }

  /** Whether the other arm is the same optimizer without sources. */
  boolean isWithPlain() {
    return rival.equals(optimizer) && rivalTransfer.equals(Arm.text(Transfer.NONE));
  }

  /** Every arm with transfer against the unmodified optimizers and the baselines. */
  static List<Comparison> all(SweepResults results) {
    List<Comparison> comparisons = new ArrayList<>();
    for (Setting setting : results.settingsOfArms()) {
      if (setting.arm().transfers() && !setting.arm().isBaseline()) {
        rivals(setting, results)
            .forEach(rival -> comparisons.addAll(table(setting, rival, results)));
      }
    }
    return comparisons;
  }

  private static Stream<Setting> rivals(Setting setting, SweepResults results) {
    return Stream.of(
            new Arm(setting.arm().type(), Transfer.NONE),
            new Arm(OptimizerType.REPLAY, Transfer.DEFAULT),
            new Arm(OptimizerType.REPLAY_EVOLUTION, Transfer.DEFAULT),
            new Arm(OptimizerType.RGPE, Transfer.DEFAULT),
            new Arm(OptimizerType.RANDOM, Transfer.NONE),
            new Arm(OptimizerType.EVOLUTION, Transfer.NONE))
        .distinct()
        .map(arm -> new Setting(arm, setting.points(), setting.sourceCase()))
        .filter(results.settingsOfArms()::contains);
  }

  private static List<Comparison> table(Setting arm, Setting rival, SweepResults results) {
    List<Pairs> cells = new ArrayList<>();
    for (String task : results.settings().targetsAndMean()) {
      List<double[]> course = results.course(rival, task);
      for (int evaluations : results.checkpoints()) {
        Pairs pairs = Pairs.of(arm, task, evaluations, results, course);
        if (pairs.count() > 0) {
          cells.add(pairs);
        }
      }
    }
    List<Double> better =
        PairedTest.holm(
            cells.stream().map(pairs -> PairedTest.lower(pairs.differences(0))).toList());
    return IntStream.range(0, cells.size())
        .mapToObj(i -> of(arm, rival, cells.get(i), better.get(i)))
        .toList();
  }

  private static Comparison of(Setting arm, Setting rival, Pairs pairs, double better) {
    double notWorse = PairedTest.lower(pairs.differences(MARGIN));
    OptionalInt needed = pairs.needed();
    return new Comparison(
        arm.arm().type().text(),
        arm.arm().transferText(),
        rival.arm().type().text(),
        rival.arm().transferText(),
        arm.points(),
        arm.sourceCase().text(),
        pairs.task,
        pairs.evaluations,
        pairs.count(),
        mean(pairs.arm),
        mean(pairs.rival),
        better,
        better < SIGNIFICANCE,
        notWorse,
        notWorse < SIGNIFICANCE,
        needed.isPresent() ? needed.getAsInt() : null,
        (double) needed.orElse(pairs.course.length) / pairs.evaluations,
        needed.isEmpty());
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElse(Double.NaN);
  }

  /** Regrets of the seeds that both arms have one of, and the rival's means as it goes on. */
  private record Pairs(
      String task, int evaluations, double[] arm, double[] rival, double[] course) {

    static Pairs of(
        Setting arm,
        String task,
        int evaluations,
        SweepResults results,
        List<double[]> rivalCourse) {
      double[] ofArm = results.regrets(arm, task, evaluations);
      double[] ofRival = rivalCourse.get(evaluations - 1);
      int[] both =
          IntStream.range(0, ofArm.length)
              .filter(i -> Double.isFinite(ofArm[i]) && Double.isFinite(ofRival[i]))
              .toArray();
      return new Pairs(
          task,
          evaluations,
          Arrays.stream(both).mapToDouble(i -> ofArm[i]).toArray(),
          Arrays.stream(both).mapToDouble(i -> ofRival[i]).toArray(),
          rivalCourse.stream()
              .mapToDouble(all -> Arrays.stream(both).mapToDouble(i -> all[i]).average().orElse(0))
              .toArray());
    }

    int count() {
      return arm.length;
    }

    double[] differences(double margin) {
      return IntStream.range(0, arm.length).mapToDouble(i -> arm[i] - rival[i] - margin).toArray();
    }

    /** The first number of evaluations after which the rival's mean regret is as low. */
    OptionalInt needed() {
      double quality = mean(arm);
      return IntStream.rangeClosed(1, course.length)
          .filter(n -> course[n - 1] <= quality)
          .findFirst();
    }
  }
}
