package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToIntFunction;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Measures;
import org.xfernas.jobs.table.SweepsTable.Row;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * Fits of a surrogate to the same sources and more and more points of the target.
 *
 * @param fit what they have in common
 * @param cellsOf the cells that get the row of each number of points
 * @param mostPoints of the target in the whole sweep
 */
record PredictionWork(PredictionCell.Fit fit, Map<Integer, List<Cell>> cellsOf, int mostPoints)
    implements SweepWork {

  /**
   * The work for the cells of a sweep.
   *
   * @param mostPoints of a target in the whole sweep
   */
  static List<SweepWork> of(List<PredictionCell> cells, ToIntFunction<String> mostPoints) {
    Map<PredictionCell.Fit, LinkedHashMap<Integer, List<Cell>>> fits = new LinkedHashMap<>();
    for (PredictionCell cell : cells) {
      fits.computeIfAbsent(cell.fit().work(), fit -> new LinkedHashMap<>())
          .computeIfAbsent(cell.targetPoints(), points -> new ArrayList<>())
          .add(cell.key());
    }
    List<SweepWork> work = new ArrayList<>();
    fits.forEach(
        (fit, cellsOf) ->
            work.add(new PredictionWork(fit, cellsOf, mostPoints.applyAsInt(fit.target()))));
    return work;
  }

  @Override
  public List<Cell> cells() {
    return cellsOf.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public List<Row> run(SweepLab lab) throws InterruptedException {
    SweepTask task = lab.table().task(fit.target());
    TargetSplit split = TargetSplit.of(lab.table(), task, mostPoints);
    List<Architecture> predicted = split.predicted(lab.space());
    double[] truth = split.truth();
    RegretScale scale = RegretScale.of(truth, task.objective());
    Seed seed = new Seed(fit.sources().seed());
    SourceKnowledge knowledge =
        fit.transfers()
            ? lab.sources().knowledge(fit.target(), fit.sources())
            : SourceKnowledge.EMPTY;
    SurrogateTrainer trainer =
        fit.predictor()
            .surrogate()
            .trainer(lab.space(), lab.cache(), fit.predictor().loss().over(lab.optimizer().loss()));
    List<Row> rows = new ArrayList<>();
    for (Map.Entry<Integer, List<Cell>> entry : cellsOf.entrySet()) {
      TrialHistory history = split.history(lab.space(), entry.getKey(), seed);
      long start = System.nanoTime();
      Surrogate surrogate = trainer.fit(knowledge, history, seed.child("surrogate"));
      double seconds = (System.nanoTime() - start) * 1e-9;
      double[] means =
          surrogate.predict(predicted).stream().mapToDouble(Prediction::mean).toArray();
      Measures measures = new Agreement(means, truth).measures(task.metric(), scale, seconds);
      entry.getValue().forEach(cell -> rows.add(new Row(cell, measures)));
    }
    return rows;
  }

  @Override
  public String toString() {
    return fit.toString();
  }
}
