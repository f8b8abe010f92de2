package org.xfernas.jobs.ablation;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
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
  private static final List<Integer> CHECKPOINTS = List.of(1, 5, 10, 20, 33, 50, 100, 200, 500);

  /**
   * What an arm's searches have in common, apart from target and seed.
   *
   * @param arm who searched
   * @param points results of each source
   * @param guardCase what was done to them
   */
  record Setting(Arm arm, int points, GuardCase guardCase) {}

  /** The settings in the order of the grid. */
  List<Setting> settingsOfArms() {
    return cells.stream()
        .map(cell -> new Setting(cell.arm(), cell.sources().points(), cell.sources().guardCase()))
        .distinct()
        .toList();
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
   * Regret after so many evaluations, one value per seed; NaN where the search is missing, or had
   * no success by then.
   */
  double[] regrets(Setting of, String target, int evaluations) {
    return settings.grid().seeds().values().stream()
        .map(seed -> new Sources(of.points, of.guardCase, seed))
        .map(sources -> new SweepCell(of.arm, target, sources))
        .mapToDouble(cell -> regret(cell, evaluations))
        .toArray();
  }

  /** A search that had nothing more to propose keeps what it had. */
  private double regret(SweepCell cell, int count) {
    List<Evaluation> found = evaluations.getOrDefault(cell.key(), List.of());
    return found.isEmpty() ? Double.NaN : found.get(Math.min(count, found.size()) - 1).regret();
  }

  /** Seconds that the optimizer took in a search, on average over the seeds. */
  double optimizerSeconds(Setting of, String target) {
    return settings.grid().seeds().values().stream()
        .map(seed -> new SweepCell(of.arm, target, new Sources(of.points, of.guardCase, seed)))
        .map(cell -> evaluations.getOrDefault(cell.key(), List.of()))
        .filter(found -> !found.isEmpty())
        .mapToDouble(found -> found.stream().mapToDouble(Evaluation::optimizerSeconds).sum())
        .average()
        .orElse(Double.NaN);
  }
}
