package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.jobs.table.SweepsTable.Result;

/**
 * Each cell is a whole search in the table.
 *
 * @param settings of the sweep
 */
record SearchKind(AblationSettings settings) implements SweepKind {

  @Override
  public List<String> arms() {
    return settings.grid().arms().stream().map(Arm::toString).toList();
  }

  @Override
  public List<String> leftOut() {
    return settings.grid().missingArms().stream().map(Arm::toString).toList();
  }

  @Override
  public boolean learnsFromSources() {
    return settings.grid().arms().stream().anyMatch(Arm::transfers);
  }

  @Override
  public List<String> problems(SweepTable table) {
    List<String> problems = new ArrayList<>();
    for (String target : settings.targets()) {
      SweepTable.attempt(
          problems, () -> RegretScale.of(table.values(), table.task(target).objective()));
    }
    return problems;
  }

  @Override
  public List<Cell> cells() {
    return settings.cells().stream().map(SweepCell::key).toList();
  }

  @Override
  public List<SweepWork> work(Predicate<Cell> missing) {
    return SearchWork.of(settings.cells(), missing, settings.budget(), false);
  }

  @Override
  public Path report(Run run, PrintStream out) throws IOException {
    SweepResults results = new SweepResults(settings, settings.cells(), evaluations(run));
    return new SweepReport(run, results).write(out);
  }

  /** The evaluations of each cell that is done. */
  static Map<Cell, List<Evaluation>> evaluations(Run run) {
    Map<Cell, List<Evaluation>> evaluations = new LinkedHashMap<>();
    run.results().forEach((cell, results) -> evaluations.put(cell, inOrder(results)));
    return evaluations;
  }

  /** The evaluations of a cell; where two processes wrote it, one of each number. */
  private static List<Evaluation> inOrder(List<Result> results) {
    TreeMap<Integer, Evaluation> evaluations = new TreeMap<>();
    for (Result result : results) {
      Evaluation evaluation = (Evaluation) result;
      evaluations.putIfAbsent(evaluation.evaluation(), evaluation);
    }
    return List.copyOf(evaluations.values());
  }
}
