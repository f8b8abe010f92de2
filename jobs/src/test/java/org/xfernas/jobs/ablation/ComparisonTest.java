package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.report.SweepPage;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;

/** Comparisons of made-up regrets over three seeds of one target. */
class ComparisonTest {
  private static final int EVALUATIONS = 10;

  @TempDir Path directory;

  @Test
  void aSearchThatIsMissingDoesNotHideWhatTheOthersNeed() throws Exception {
    AblationSettings settings =
        SweepFixture.settings(
            directory,
            "xfernas.ablation { grid { optimizer = [evolution], target = [up] }, budget.evaluations = "
                + EVALUATIONS
                + " }");
    List<SweepCell> cells = new ArrayList<>();
    Map<Cell, List<Evaluation>> evaluations = new HashMap<>();
    for (long seed = 1; seed <= 3; seed++) {
      for (Transfer transfer : List.of(Transfer.DEFAULT, Transfer.NONE)) {
        SweepCell cell =
            new SweepCell(
                new Arm(OptimizerType.EVOLUTION, transfer),
                "up",
                new Sources(12, GuardCase.NONE, seed));
        cells.add(cell);
        if (transfer == Transfer.DEFAULT || seed < 3) {
          evaluations.put(cell.key(), regrets(transfer == Transfer.DEFAULT ? 4 : EVALUATIONS));
        }
      }
    }

    List<Comparison> comparisons = Comparison.all(new SweepResults(settings, cells, evaluations));
    assertThat(comparisons)
        .filteredOn(one -> one.evaluations() == 1)
        .singleElement()
        .satisfies(
            one -> {
              assertThat(one.pairs()).isEqualTo(2);
              assertThat(one.rivalEvaluations()).isEqualTo(7);
              assertThat(one.censored()).isFalse();
            });
    SweepPage.Table table = SweepReport.comparisons(comparisons);
    int verdict = table.headings().indexOf("verdict");
    assertThat(table.note()).contains("open: neither");
    assertThat(table.rows())
        .extracting(row -> row.cells().subList(verdict, verdict + 2))
        .as("as words, and as a number, which is a bound where the other never was as good")
        .startsWith(List.of("open", new SweepPage.Bound(7, false)))
        .endsWith(List.of("open", new SweepPage.Bound(1, true)));
  }

  private static Comparison against(
      String rival, String task, int evaluations, boolean better, boolean notWorse) {
    return new Comparison(
        "evolution",
        "process",
        rival,
        "none",
        12,
        "none",
        task,
        evaluations,
        3,
        4.25,
        9.5,
        1,
        better,
        1,
        notWorse,
        null,
        2,
        true);
  }

  @Test
  void aSentenceSaysWhereAnArmIsBetterThanTheSameWithoutSources() {
    assertThat(
            SweepReport.verdicts(
                List.of(
                    against("evolution", "up", 1, false, false),
                    against("random", "mean", 1, false, false),
                    against("evolution", "mean", 1, false, false),
                    against("evolution", "mean", 5, true, true),
                    against("evolution", "mean", 10, false, true),
                    against("evolution", "mean", 20, true, false)),
                Comparison.MEAN))
        .containsExactly(
            "evolution with transfer process on the mean of the targets, with 12 results of each source, compared with the same without sources (mean regret of each): shown neither better nor not worse with 3 seeds at N = 1 (4.25 against 9.50); better at N = 5 (4.25 against 9.50), 20 (4.25 against 9.50); not worse at N = 10 (4.25 against 9.50)");
  }

  /** One point less after each evaluation. */
  private static List<Evaluation> regrets(int first) {
    return IntStream.range(0, EVALUATIONS)
        .mapToObj(i -> new Evaluation("up_val", 1 + i, 0, 0, first - i, 0))
        .toList();
  }
}
