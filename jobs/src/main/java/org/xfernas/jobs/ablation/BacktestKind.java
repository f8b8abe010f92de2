package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;

/**
 * Each cell is a search on a task again, among the architectures that have a result on it: with all
 * other tasks as sources, with each of them alone, or with none.
 *
 * @param settings of the sweep
 */
record BacktestKind(AblationSettings settings) implements SweepKind {
  /** Fewer results of a task leave nothing to choose from. */
  private static final int LEAST_RESULTS = 10;

  /** Of more, an optimizer looks at some only, and at others that have no result. */
  private static final int MOST_RESULTS = 50_000;

  /** The arm without sources that an arm is compared with. */
  static Arm plain(Arm arm) {
    return new Arm(
        arm.type() == OptimizerType.RGPE ? OptimizerType.BAYESIAN : arm.type(), Transfer.NONE);
  }

  /** Whether there is an optimizer both with sources and without. */
  boolean compares() {
    List<Arm> arms = settings.grid().arms();
    return arms.stream().anyMatch(arm -> arm.transfers() && arms.contains(plain(arm)));
  }

  @Override
  public List<String> arms() {
    return new SearchKind(settings).arms();
  }

  @Override
  public List<String> leftOut() {
    return new SearchKind(settings).leftOut();
  }

  @Override
  public boolean learnsFromSources() {
    return true;
  }

  @Override
  public List<String> problems(SweepTable table) {
    List<String> problems = new ArrayList<>();
    for (String target : settings.targets()) {
      SweepTask task = table.task(target);
      int results = table.rows(task.metric()).size();
      if (results < LEAST_RESULTS) {
        problems.add(
            "cannot search among %d results, at least %d are needed (task=%s)"
                .formatted(results, LEAST_RESULTS, target));
      } else if (results > MOST_RESULTS) {
        problems.add(
            "cannot search among %d results, at most %d are enumerated; sweep over a part of them (task=%s)"
                .formatted(results, MOST_RESULTS, target));
      } else {
        SweepTable.attempt(problems, () -> RegretScale.of(table.values(), task.objective()));
      }
    }
    return problems;
  }

  @Override
  public List<Cell> cells() {
    return searches().stream().map(SweepCell::key).toList();
  }

  /** Those next to each other that have the same sources. */
  private List<SweepCell> searches() {
    List<SweepCell> cells = new ArrayList<>();
    for (String target : settings.targets()) {
      for (int points : settings.grid().sourcePoints().stream().distinct().toList()) {
        cases(target)
            .forEach(
                sourceCase ->
                    settings.grid().seeds().values().stream()
                        .map(seed -> new Sources(points, sourceCase, seed))
                        .forEach(
                            sources ->
                                settings
                                    .grid()
                                    .arms()
                                    .forEach(
                                        arm -> cells.add(new SweepCell(arm, target, sources)))));
      }
    }
    return cells;
  }

  /** All sources, and where there are several each of them alone. */
  private Stream<SourceCase> cases(String target) {
    List<String> others =
        settings.tasks().keySet().stream().filter(name -> !name.equals(target)).toList();
    return Stream.concat(
        Stream.of(SourceCase.of(GuardCase.NONE)),
        others.size() < 2 ? Stream.empty() : others.stream().map(SourceCase::only));
  }

  @Override
  public List<SweepWork> work(Predicate<Cell> missing) {
    return SearchWork.of(searches(), missing, settings.budget(), true);
  }

  @Override
  public Path report(Run run, PrintStream out) throws IOException {
    return new BacktestReport(
            run, new SweepResults(settings, searches(), SearchKind.evaluations(run)))
        .write(out);
  }
}
