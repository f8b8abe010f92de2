package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.search.SpaceSettings;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Transfer;

class SearchWorkTest {
  private static final OptimizerType BAYESIAN = OptimizerType.BAYESIAN;

  /** Best values found, of a value that follows nothing but the column {@code known}. */
  private static List<Double> found(String... features) throws InterruptedException {
    List<String> architectures = new SweepFixture().table().architectures();
    double[] values = new SplittableRandom(3).doubles(architectures.size()).toArray();
    ArchitectureTable table =
        new ArchitectureTable(
            "noise",
            architectures,
            Map.of("value", values, "known", values, "same", new double[values.length]));
    SweepTask task = new SweepTask("noise", "value", "value", "value", false);
    SweepCell cell =
        new SweepCell(
            new Arm(BAYESIAN, Transfer.NONE), task.name(), new Sources(0, GuardCase.NONE, 1));
    SweepLab lab =
        new SweepLab(
            new SpaceSettings.EdgeCell(3, SweepFixture.SPACE.operations()),
            new SweepTable(table, List.of(task), List.of(features)),
            new OptimizerSettings(BAYESIAN, Transfer.NONE, 4, 2));
    return new SearchWork(cell, List.of(cell.key()), 14, false)
        .run(lab).stream().map(row -> ((Evaluation) row.result()).validationAccuracy()).toList();
  }

  @Test
  void surrogatesSeeTheColumnsThatAreFeatures() throws InterruptedException {
    assertThat(found("same")).isEqualTo(found());
    assertThat(found("known")).isNotEqualTo(found());
  }
}
