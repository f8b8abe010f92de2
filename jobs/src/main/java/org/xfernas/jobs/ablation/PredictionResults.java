package org.xfernas.jobs.ablation;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.xfernas.jobs.ablation.PredictionCell.Fit;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Measures;

/**
 * How well surrogates predicted in a sweep.
 *
 * @param settings of the sweep
 * @param cells of its grid, in order
 * @param measures of each cell that is done
 */
record PredictionResults(
    AblationSettings settings, List<PredictionCell> cells, Map<Cell, Measures> measures) {

  /**
   * What cells have in common, apart from target, points of the target, and seed.
   *
   * @param predictor who predicts
   * @param points results of each source
   * @param sourceCase which of them, and what was done to them
   */
  record Setting(Predictor predictor, int points, SourceCase sourceCase) {

    /** The same surrogate without sources. */
    Setting plain() {
      return new Setting(predictor.plain(), points, sourceCase);
    }

    /** Whether there is anything to learn from. */
    boolean transfers() {
      return predictor.transfers() && points > 0;
    }
  }

  /** The settings in the order of the grid. */
  List<Setting> settingsOfPredictors() {
    return cells.stream()
        .map(PredictionCell::fit)
        .map(
            fit -> new Setting(fit.predictor(), fit.sources().points(), fit.sources().sourceCase()))
        .distinct()
        .toList();
  }

  /** How many of the cells have a result. */
  long done() {
    return cells.stream().filter(cell -> of(cell).isPresent()).count();
  }

  /** The result of a cell, where it is done. */
  Optional<Measures> of(PredictionCell cell) {
    return Optional.ofNullable(measures.get(cell.key()));
  }

  /**
   * A measure, one value per seed; NaN where there is none.
   *
   * @param task a target, or {@link Comparison#MEAN} for each seed's mean over all of them
   */
  double[] values(Setting of, String task, int targetPoints, ToDoubleFunction<Measures> measure) {
    if (!task.equals(Comparison.MEAN)) {
      return settings.grid().seeds().values().stream()
          .map(seed -> new Sources(of.points, of.sourceCase, seed))
          .map(sources -> new PredictionCell(new Fit(of.predictor, task, sources), targetPoints))
          .mapToDouble(cell -> of(cell).map(measure::applyAsDouble).orElse(Double.NaN))
          .toArray();
    }
    List<double[]> onTargets =
        settings.targets().stream()
            .map(target -> values(of, target, targetPoints, measure))
            .toList();
    return IntStream.range(0, settings.grid().seeds().values().size())
        .mapToDouble(
            i -> onTargets.stream().mapToDouble(values -> values[i]).average().orElseThrow())
        .toArray();
  }
}
