package org.xfernas.jobs.ablation;

import java.io.Serializable;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.table.SweepsTable;

/**
 * One prediction of a sweep.
 *
 * @param fit by what is predicted
 * @param targetPoints results of the target that it is fitted to
 */
record PredictionCell(Fit fit, int targetPoints) implements Serializable {

  /**
   * What cells have in common that differ in the points of the target.
   *
   * @param predictor who predicts
   * @param target name of the task
   * @param sources what there is to learn from
   */
  record Fit(Predictor predictor, String target, Sources sources) implements Serializable {

    /** Whether there is anything to learn from. */
    boolean transfers() {
      return predictor.transfers() && sources.points() > 0;
    }

    /** The same for every one that has no sources, or looks at none. */
    Fit work() {
      return transfers() ? this : new Fit(predictor.plain(), target, sources.none());
    }

    @Override
    public String toString() {
      return "prediction by %s on %s, %s".formatted(predictor, target, sources);
    }
  }

  /** What its row is found by. */
  SweepsTable.Cell key() {
    return new SweepsTable.Cell(
        fit.predictor.name(),
        Arm.text(fit.predictor.transfer()),
        fit.target,
        fit.sources.points(),
        targetPoints,
        fit.sources.sourceCase().text(),
        fit.sources.seed());
  }
}
