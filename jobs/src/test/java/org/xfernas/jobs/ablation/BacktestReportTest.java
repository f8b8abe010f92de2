package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.report.SweepPage;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;

class BacktestReportTest {
  @TempDir Path directory;

  @Test
  void thePageCallsAllSourcesSo() throws IOException {
    AblationSettings settings =
        SweepFixture.settings(
            directory,
            "xfernas.ablation { kind = backtest, grid { optimizer = [bayesian], target = [up], seeds = 1 } }");
    List<SweepCell> cells =
        Stream.of(SourceCase.of(GuardCase.NONE), SourceCase.only("near"))
            .map(
                sources ->
                    new SweepCell(
                        new Arm(OptimizerType.BAYESIAN, Transfer.DEFAULT),
                        "up",
                        new Sources(12, sources, 1)))
            .toList();
    Map<Cell, List<Evaluation>> evaluations =
        cells.stream()
            .map(SweepCell::key)
            .collect(
                Collectors.toMap(
                    Function.identity(),
                    cell -> List.of(new Evaluation("up_val", 1, 0, 0, 3, 0.5))));
    SweepResults results = new SweepResults(settings, cells, evaluations);

    assertThat(SweepReport.curves(results))
        .extracting(SweepPage.Curve::guardCase)
        .containsExactly("all sources", "only near");
    SweepPage.Table costs = SweepReport.costs(settings.kind(), SweepSummary.arms(results));
    int column = costs.headings().indexOf("sources");
    assertThat(costs.rows())
        .extracting(row -> row.cells().get(column))
        .containsExactly("all sources", "only near");
  }
}
