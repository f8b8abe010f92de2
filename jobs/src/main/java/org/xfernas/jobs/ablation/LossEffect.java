package org.xfernas.jobs.ablation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.IntStream;
import org.xfernas.jobs.ablation.PredictionResults.Setting;

/**
 * What a loss of the network is worth against the first of the grid: the difference of Spearman's
 * correlation, mean over the targets and all numbers of points, paired over the seeds.
 *
 * @param surrogate name with the loss
 * @param transfer how it learns from sources
 * @param rival name with the first loss
 * @param seeds that both have results of
 * @param difference above 0 where the loss is better than the first
 * @param low lower end of its 95 % interval over the seeds; null where there is one seed
 * @param high upper end
 */
record LossEffect(
    String surrogate,
    String transfer,
    String rival,
    int seeds,
    double difference,
    Double low,
    Double high) {

  /** Every loss but the first, with and without transfer. */
  static List<LossEffect> all(PredictionResults results) {
    List<LossCase> losses = results.settings().grid().network().cases();
    List<LossEffect> effects = new ArrayList<>();
    for (LossCase loss : losses.subList(1, losses.size())) {
      results.settingsOfPredictors().stream()
          .map(Setting::predictor)
          .distinct()
          .filter(predictor -> predictor.loss().equals(loss))
          .map(predictor -> of(predictor, losses.get(0), results))
          .filter(Objects::nonNull)
          .forEach(effects::add);
    }
    return effects;
  }

  private static LossEffect of(Predictor predictor, LossCase first, PredictionResults results) {
    Predictor rival = new Predictor(predictor.surrogate(), predictor.transfer(), first);
    double[] differences =
        IntStream.range(0, results.settings().grid().seeds().values().size())
            .mapToDouble(seed -> difference(predictor, rival, seed, results))
            .filter(Double::isFinite)
            .toArray();
    if (differences.length == 0) {
      return null;
    }
    Interval interval = Interval.of(differences);
    return new LossEffect(
        predictor.name(),
        Arm.text(predictor.transfer()),
        rival.name(),
        differences.length,
        interval.mean(),
        interval.low(),
        interval.high());
  }

  /** Mean over the cells of a seed that both predict; NaN where there is none. */
  private static double difference(
      Predictor predictor, Predictor rival, int seed, PredictionResults results) {
    return results.settingsOfPredictors().stream()
        .filter(setting -> setting.predictor().equals(predictor))
        .filter(setting -> setting.transfers() == predictor.transfers())
        .flatMapToDouble(
            setting -> {
              Setting other = new Setting(rival, setting.points(), setting.sourceCase());
              return results.settings().grid().targetPointsInOrder().stream()
                  .mapToDouble(
                      points ->
                          spearman(setting, points, results)[seed]
                              - spearman(other, points, results)[seed]);
            })
        .filter(Double::isFinite)
        .average()
        .orElse(Double.NaN);
  }

  private static double[] spearman(Setting setting, int points, PredictionResults results) {
    return results.values(
        setting, results.settings().mean(), points, PredictionMeasure.SPEARMAN::of);
  }

  /** The effect as a sentence. */
  @JsonIgnore
  String sentence() {
    String interval =
        low == null ? "" : String.format(Locale.ROOT, ", 95 %% interval %.4f to %.4f", low, high);
    return String.format(
        Locale.ROOT,
        "%s with transfer %s against %s: Spearman %+.4f (mean over the cells, %d seeds%s)",
        surrogate,
        transfer,
        rival,
        difference,
        seeds,
        interval);
  }
}
