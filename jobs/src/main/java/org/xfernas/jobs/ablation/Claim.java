package org.xfernas.jobs.ablation;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.xfernas.jobs.ablation.PredictionComparison.Verdict;

/**
 * The paper's claim about a surrogate: that with sources it is generally better, in the worst case
 * just as good as without.
 *
 * @param surrogate its name
 * @param transfer how it learns from sources
 * @param measure by which it is judged
 * @param margin losses that do not count
 * @param cells of all targets
 * @param better significantly, of the cells
 * @param notWorse than the margin and not significantly better, of the cells
 * @param worse of the cells
 * @param open of the cells
 * @param below cells that are significantly below, be it by less than the margin
 * @param state of the claim
 * @param confidence that no cell is worse by the margin (one minus the largest p, as all tests must
 *     hold together); where the claim is refuted, that the worst cell is worse
 * @param worst the cell with the largest mean loss
 */
record Claim(
    String surrogate,
    String transfer,
    PredictionMeasure measure,
    double margin,
    int cells,
    int better,
    int notWorse,
    int worse,
    int open,
    int below,
    State state,
    double confidence,
    PredictionComparison worst) {

  /** What became of the claim. */
  enum State {
    /** Every cell is better or not worse. */
    HOLDS,
    /** A cell is worse. */
    REFUTED,
    /** No cell is worse, but some show nothing yet. */
    OPEN;

    /** The name in files. */
    @JsonValue
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A claim for each surrogate with sources and each measure. */
  static List<Claim> all(List<PredictionComparison> comparisons) {
    Map<Object, List<PredictionComparison>> tables = new LinkedHashMap<>();
    comparisons.stream()
        .filter(one -> !one.task().equals(Comparison.MEAN))
        .forEach(
            one ->
                tables
                    .computeIfAbsent(
                        List.of(one.surrogate(), one.transfer(), one.measure()),
                        key -> new ArrayList<>())
                    .add(one));
    return tables.values().stream().map(Claim::of).toList();
  }

  private static Claim of(List<PredictionComparison> cells) {
    PredictionComparison first = cells.get(0);
    int worse = count(cells, Verdict.WORSE);
    int open = count(cells, Verdict.OPEN);
    State state = worse > 0 ? State.REFUTED : open > 0 ? State.OPEN : State.HOLDS;
    double p =
        state == State.REFUTED
            ? cells.stream()
                .filter(cell -> cell.verdict() == Verdict.WORSE)
                .mapToDouble(PredictionComparison::pWorse)
                .min()
                .orElseThrow()
            : cells.stream().mapToDouble(PredictionComparison::pNotWorse).max().orElseThrow();
    return new Claim(
        first.surrogate(),
        first.transfer(),
        first.measure(),
        first.measure().margin(),
        cells.size(),
        count(cells, Verdict.BETTER),
        count(cells, Verdict.NOT_WORSE),
        worse,
        open,
        (int) cells.stream().filter(one -> one.pWorse() < Comparison.SIGNIFICANCE).count(),
        state,
        1 - p,
        cells.stream().max(Comparator.comparing(PredictionComparison::loss)).orElseThrow());
  }

  private static int count(List<PredictionComparison> cells, Verdict verdict) {
    return (int) cells.stream().filter(cell -> cell.verdict() == verdict).count();
  }

  /** The claim as a sentence. */
  @JsonIgnore
  String sentence() {
    return String.format(
        Locale.ROOT,
        "%s with transfer %s, %s: \"in the worst case just as good as without sources\" %s (confidence %.1f %%): of %d cells %d are better, %d not worse by %s, %d worse, %d open; worst: %s with %d points of each source (guard case %s) and %d of the target, %.3f against %s",
        surrogate,
        transfer,
        measure.text(),
        state == State.OPEN ? "is open" : state == State.HOLDS ? "holds" : "is refuted",
        100 * confidence,
        cells,
        better,
        notWorse,
        margin,
        worse,
        open,
        worst.task(),
        worst.sourcePoints(),
        worst.guardCase(),
        worst.targetPoints(),
        worst.value(),
        worst.plainLearns()
            ? String.format(Locale.ROOT, "%.3f", worst.plainValue())
            : PredictionComparison.NOTHING);
  }
}
