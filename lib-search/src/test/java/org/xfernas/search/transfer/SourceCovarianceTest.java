package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.xfernas.search.TestSources;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures;
import org.xfernas.search.transfer.SourceModel.View;
import org.xfernas.search.trial.SourceKnowledge;

class SourceCovarianceTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, List.of("none", "a", "b", "c"));
  private static final double[] UNIVERSAL = {1, 0, 0};
  private static final double[] FIRST_TASK = {0, 1, 0};

  private final SourceKnowledge knowledge =
      TestSources.two(SPACE, 60, one -> SPACE.encode(one)[0] + SPACE.encode(one)[5]);
  private final SourceProcesses processes =
      SourceProcesses.of(new CellFeatures(SPACE, CellFeatures.Columns.NONE), knowledge);
  private final View all = processes.view(SPACE.all().toList());

  private View view(List<Architecture> architectures) {
    return processes.view(architectures);
  }

  private List<Architecture> known() {
    return knowledge.tasks().get(0).history().observations().stream()
        .map(one -> one.architecture())
        .limit(10)
        .toList();
  }

  @Test
  void isTheSameBothWaysRoundAndHasTheVariancesOnItsDiagonal() {
    View view = view(known());
    double[][] covariance = processes.covariance(UNIVERSAL, view, view);
    double[] variances = processes.variances(UNIVERSAL, view);

    for (int row = 0; row < view.size(); row++) {
      assertThat(covariance[row][row]).isCloseTo(variances[row], within(1e-5));
      for (int column = 0; column < row; column++) {
        assertThat(covariance[row][column]).isCloseTo(covariance[column][row], within(1e-5));
      }
    }
  }

  @Test
  void lessIsOpenWhereTheSourcesHaveLooked() {
    double looked = mean(processes.variances(FIRST_TASK, view(known())));

    assertThat(looked).isPositive().isLessThan(mean(processes.variances(FIRST_TASK, all)));
  }

  @Test
  void rowsThatAreKeptAreThoseThatAreMade() {
    CovarianceRows rows = new CovarianceRows();
    rows.of(processes, UNIVERSAL, view(known().subList(0, 4)), all);

    assertThat(rows.of(processes, UNIVERSAL, view(known()), all))
        .isDeepEqualTo(processes.covariance(UNIVERSAL, view(known()), all));
  }

  @Test
  void nothingIsOpenOfWhatFollowsNothing() {
    assertThat(processes.variances(new double[3], all)).containsOnly(0);
  }

  private static double mean(double[] values) {
    return Arrays.stream(values).average().orElseThrow();
  }
}
