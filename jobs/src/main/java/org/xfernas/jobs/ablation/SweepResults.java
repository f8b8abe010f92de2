package org.xfernas.jobs.ablation;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.table.SweepsTable;
import org.xfernas.jobs.table.SweepsTable.Evaluation;

/**
 * What the searches of a sweep found.
 *
 * @param settings of the sweep
 * @param cells of its grid, in order
 * @param evaluations of each cell that is done, in order
 */
record SweepResults(
    AblationSettings settings,
    List<SweepCell> cells,
    Map<SweepsTable.Cell, List<Evaluation>> evaluations) {

  /** Numbers of evaluations at which results are told, up to the budget. */
  private static final List<Integer> CHECKPOINTS = List.of(1, 5, 10, 20, 33, 64, 100, 200, 500);

  /**
   * What an arm's searches have in common, apart from target and seed.
   *
   * @param arm who searched
   * @param points results of each source
   * @param sourceCase which of them, and what was done to them
   */
  record Setting(Arm arm, int points, SourceCase sourceCase) {}

  /** The settings in the order of the grid. */
  List<Setting> settingsOfArms() {
    return cells.stream()
        .map(cell -> new Setting(cell.arm(), cell.sources().points(), cell.sources().sourceCase()))
        .distinct()
        .toList();
  }

  /** How many of the cells have a result. */
  long done() {
    return cells.stream().filter(cell -> evaluations.containsKey(cell.key())).count();
  }

  /** Numbers of evaluations at which results are told, the budget last. */
  List<Integer> checkpoints() {
    int budget = settings.budget().evaluations();
    return List.copyOf(
        new TreeSet<>(
            Stream.concat(CHECKPOINTS.stream().filter(n -> n < budget), Stream.of(budget))
                .toList()));
  }

  /**
   * Regret after so many evaluations, one value per seed; NaN where the search is missing or had no
   * success by then.
   *
   * @param task a target, or {@link Comparison#MEAN} for each seed's mean over all of them
   */
  double[] regrets(Setting of, String task, int evaluations) {
    if (!task.equals(Comparison.MEAN)) {
      return searches(of, task).mapToDouble(cell -> regret(cell, evaluations)).toArray();
    }
    List<double[]> onTargets =
        settings.targets().stream().map(target -> regrets(of, target, evaluations)).toList();
    return IntStream.range(0, settings.grid().seeds().values().size())
        .mapToDouble(
            i -> onTargets.stream().mapToDouble(regrets -> regrets[i]).average().orElseThrow())
        .toArray();
  }

  /**
   * Whether searches that may try a task's candidates only once could still choose after so many.
   *
   * @param task a target, or {@link Comparison#MEAN} for all of them
   */
  boolean leavesChoice(String task, int evaluations) {
    return cells.stream()
        .filter(cell -> task.equals(Comparison.MEAN) || cell.target().equals(task))
        .mapToInt(cell -> this.evaluations.getOrDefault(cell.key(), List.of()).size())
        .filter(tried -> tried > 0)
        .allMatch(tried -> evaluations < tried || tried >= settings.budget().evaluations());
  }

  /**
   * Whether the searches of two arms found the same after each evaluation within the budget.
   *
   * @param task a target, or {@link Comparison#MEAN} for all of them
   */
  boolean wentAlike(Setting one, Setting other, String task) {
    List<String> targets = task.equals(Comparison.MEAN) ? settings.targets() : List.of(task);
    return targets.stream()
        .allMatch(
            target ->
                IntStream.rangeClosed(1, settings.budget().evaluations())
                    .allMatch(
                        n -> Arrays.equals(regrets(one, target, n), regrets(other, target, n))));
  }

  /** The regrets after 1, 2, 3 ... evaluations, for as long as the arm searches. */
  List<double[]> course(Setting of, String task) {
    return IntStream.rangeClosed(1, settings.budget().evaluations(of.arm))
        .mapToObj(n -> regrets(of, task, n))
        .toList();
  }

  /** A search that had nothing more to propose keeps what it had. */
  private double regret(SweepCell cell, int count) {
    List<Evaluation> found = evaluations.getOrDefault(cell.key(), List.of());
    return found.isEmpty() ? Double.NaN : found.get(Math.min(count, found.size()) - 1).regret();
  }

  /** Seconds that the optimizer took in a search within the budget, on average over the seeds. */
  double optimizerSeconds(Setting of, String target) {
    return searches(of, target)
        .map(this::within)
        .filter(found -> !found.isEmpty())
        .mapToDouble(found -> found.stream().mapToDouble(Evaluation::optimizerSeconds).sum())
        .average()
        .orElse(Double.NaN);
  }

  /** The evaluations of a cell within the budget of every search. */
  List<Evaluation> within(SweepCell cell) {
    return evaluations.getOrDefault(cell.key(), List.of()).stream()
        .limit(settings.budget().evaluations())
        .toList();
  }

  private Stream<SweepCell> searches(Setting of, String target) {
    return settings.grid().seeds().values().stream()
        .map(seed -> new SweepCell(of.arm, target, new Sources(of.points, of.sourceCase, seed)));
  }
}
