package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

class TargetSplitTest {
  private static final SweepTask UP = SweepFixture.TASKS.get(2);

  private final ArchitectureTable values = new SweepFixture().table();
  private final SweepTable table = new SweepTable(values, SweepFixture.TASKS, List.of());

  private static List<String> texts(TrialHistory history) {
    return history.observations().stream().map(one -> one.architecture().text()).toList();
  }

  @Test
  void noPointOfAnySeedIsPredicted() {
    TargetSplit split = TargetSplit.of(table, UP, 6);
    List<String> predicted =
        split.predicted(SweepFixture.SPACE).stream().map(Architecture::text).toList();
    assertThat(predicted).hasSize(20).doesNotHaveDuplicates();
    List<String> drawn =
        LongStream.rangeClosed(1, 20)
            .mapToObj(seed -> texts(split.history(SweepFixture.SPACE, 6, new Seed(seed))))
            .flatMap(List::stream)
            .toList();
    assertThat(drawn).doesNotContainAnyElementsOf(predicted);
  }

  @Test
  void fewerPointsAreTheFirstOfMoreAndOtherSeedsHaveOthers() {
    TargetSplit split = TargetSplit.of(table, UP, 6);
    List<String> points = texts(split.history(SweepFixture.SPACE, 6, new Seed(1)));
    assertThat(points).hasSize(6).doesNotHaveDuplicates();
    assertThat(texts(split.history(SweepFixture.SPACE, 4, new Seed(1))))
        .isEqualTo(points.subList(0, 4));
    assertThat(texts(split.history(SweepFixture.SPACE, 6, new Seed(2)))).isNotEqualTo(points);
    assertThat(split.history(SweepFixture.SPACE, 0, new Seed(1)).size()).isZero();
  }

  @Test
  void pointsAndTruthAreScoresOfTheGuidingMetric() {
    SweepTask down = SweepFixture.TASKS.get(0);
    TargetSplit split = TargetSplit.of(table, down, 6);
    double[] losses = values.column("loss");
    for (Observation one : split.history(SweepFixture.SPACE, 6, new Seed(1)).observations()) {
      int row = values.row(one.architecture().text()).orElseThrow();
      assertThat(one.score().orElseThrow()).isEqualTo(-losses[row]);
    }
    List<Architecture> predicted = split.predicted(SweepFixture.SPACE);
    for (int at = 0; at < predicted.size(); at++) {
      int row = values.row(predicted.get(at).text()).orElseThrow();
      assertThat(split.truth()[at]).isEqualTo(-losses[row]);
    }
  }

  @Test
  void ofALargeTableAThousandArePredictedWhateverThePoints() {
    EdgeCellSpace space = new EdgeCellSpace(4, List.of("a", "b", "c", "d"));
    List<String> texts = new ArrayList<>(space.all().map(Architecture::text).toList());
    double[] scores = new double[texts.size()];
    Arrays.setAll(scores, row -> row);
    SweepTask task = new SweepTask("large", "score", "score", "score", false);
    SweepTable large =
        new SweepTable(
            new ArchitectureTable("large", texts, Map.of("score", scores)),
            List.of(task),
            List.of());
    List<Integer> heldOut = TargetSplit.of(large, task, 100).heldOut();
    assertThat(heldOut).hasSize(1_000);
    assertThat(TargetSplit.of(large, task, 0).heldOut()).isEqualTo(heldOut);
  }

  @Test
  void morePointsThanTheTableCanGiveAreRefused() {
    assertThatThrownBy(() -> TargetSplit.of(table, UP, 7))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cannot fit to 7 points of up_val: the table has 26 rows with a value of it, and at least 20 must be left to be predicted; lower grid.target-points (task=up)");
  }
}
