package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xfernas.jobs.ablation.PredictionCell.Fit;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Measures;
import org.xfernas.jobs.table.SweepsTable.Result;

/**
 * Each cell is a fit of a surrogate to some points of the sources and some of the target, and the
 * agreement of its predictions with the truth (the paper's Figure 3).
 *
 * @param settings of the sweep
 * @param history the table where it is the user's, in which cells may have too few results
 */
record PredictionKind(AblationSettings settings, Optional<SweepTable> history)
    implements SweepKind {

  @Override
  public List<String> arms() {
    return settings.grid().predictors().stream().map(Predictor::toString).toList();
  }

  @Override
  public List<String> leftOut() {
    return settings.grid().allPredictors().stream()
        .filter(predictor -> !predictor.exists())
        .map(Predictor::toString)
        .toList();
  }

  @Override
  public boolean learnsFromSources() {
    return mostSourcePoints() > 0
        && settings.grid().predictors().stream().anyMatch(Predictor::transfers);
  }

  private int mostSourcePoints() {
    return settings.grid().sourcePoints().stream().max(Integer::compare).orElse(0);
  }

  @Override
  public List<String> problems(SweepTable table) {
    List<String> problems = new ArrayList<>();
    for (String target : settings.targets()) {
      SweepTask task = table.task(target);
      SweepTable.attempt(
          problems,
          () ->
              RegretScale.of(
                  TargetSplit.of(table, task, mostTargetPoints(target)).truth(), task.objective()));
    }
    return problems;
  }

  /** Of the history: the most that leave enough to be predicted, or the least that do not. */
  private int mostTargetPoints(String target) {
    Grid grid = settings.grid();
    return history
        .map(
            table ->
                TargetSplit.most(table, table.task(target), grid.targetPoints())
                    .orElse(grid.targetPointsInOrder().get(0)))
        .orElse(grid.mostTargetPoints());
  }

  /** The most results of any source of the target. */
  private int mostSourcePoints(String target) {
    return history
        .map(
            table ->
                table.sources(target).stream()
                    .mapToInt(task -> table.rows(task).size())
                    .max()
                    .orElse(0))
        .orElse(Integer.MAX_VALUE);
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    for (String target : settings.targets()) {
      int most = mostTargetPoints(target);
      int mostOfSources = mostSourcePoints(target);
      if (most < settings.grid().mostTargetPoints()) {
        notes.add(
            "task %s has results for %d points of the target: cells with more are left out"
                .formatted(target, most));
      }
      if (mostOfSources < mostSourcePoints()) {
        notes.add(
            "no source of task %s has more than %d results: cells with more points of each source are left out"
                .formatted(target, mostOfSources));
      }
    }
    return notes;
  }

  @Override
  public List<Cell> cells() {
    return predictions().stream().map(PredictionCell::key).toList();
  }

  private List<PredictionCell> predictions() {
    List<PredictionCell> cells = new ArrayList<>();
    for (List<Predictor> predictors : settings.grid().predictorsByLoss()) {
      settings
          .grid()
          .sources()
          .forEach(
              sources ->
                  settings
                      .targets()
                      .forEach(target -> addCells(cells, predictors, target, sources)));
    }
    return cells;
  }

  private void addCells(
      List<PredictionCell> cells, List<Predictor> predictors, String target, Sources sources) {
    if (sources.points() > mostSourcePoints(target)) {
      return;
    }
    int most = mostTargetPoints(target);
    for (Predictor predictor : predictors) {
      settings.grid().targetPointsInOrder().stream()
          .filter(points -> points <= most)
          .forEach(
              points -> cells.add(new PredictionCell(new Fit(predictor, target, sources), points)));
    }
  }

  @Override
  public List<SweepWork> work(Predicate<Cell> missing) {
    return PredictionWork.of(
        predictions().stream().filter(cell -> missing.test(cell.key())).toList(),
        this::mostTargetPoints);
  }

  @Override
  public Path report(Run run, PrintStream out) throws IOException {
    Map<Cell, Measures> measures = new HashMap<>();
    run.results().forEach((cell, results) -> measures.put(cell, first(results)));
    return new PredictionReport(run, new PredictionResults(settings, predictions(), measures))
        .write(out);
  }

  /** Where two processes did the work, both have the same rows. */
  private static Measures first(List<Result> results) {
    return (Measures) results.get(0);
  }
}
