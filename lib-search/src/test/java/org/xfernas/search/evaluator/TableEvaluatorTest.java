package org.xfernas.search.evaluator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.xfernas.search.TestTrials;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

class TableEvaluatorTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(2, List.of("a", "b", "c", "d", "e"));
  private static final ArchitectureTable TABLE =
      new ArchitectureTable(
          "t.csv",
          List.of("|a~0|", "|b~0|", "|c~0|", "|d~0|"),
          Map.of(
              "val", new double[] {60, 70, Double.NaN, 80},
              "test", new double[] {61, Double.NaN, 63, 81},
              "cost", new double[] {10, 2.5, 4, -1}));
  private static final TableColumns COLUMNS =
      new TableColumns("arch", "val", Optional.of("test"), Optional.of("cost"));

  private static Proposal proposal(int number, String operation) {
    return TestTrials.proposal(SPACE, number, SPACE.parse("|" + operation + "~0|"));
  }

  private static List<Integer> numbers(List<Trial> trials) {
    return trials.stream().map(trial -> trial.proposal().number()).toList();
  }

  private static double now(Evaluator evaluator) {
    return Duration.between(Instant.EPOCH, evaluator.clock().instant()).toMillis() / 1e3;
  }

  @Test
  void looksUpBothMetrics() throws InterruptedException {
    TableEvaluator evaluator = new TableEvaluator(TABLE, COLUMNS, 1);
    evaluator.launch(proposal(1, "a"));
    Trial trial = evaluator.await(Duration.ofSeconds(1)).get(0);

    assertThat(trial.result().completed()).isTrue();
    assertThat(trial.result().scores().validation()).hasValue(60);
    assertThat(trial.result().scores().test()).hasValue(61);
    assertThat(trial.result().execution().secondsTraining()).isEqualTo(10);
  }

  @Test
  void leavesTheTestMetricEmptyWhereNoneIsKnown() throws InterruptedException {
    TableEvaluator evaluator = new TableEvaluator(TABLE, COLUMNS, 1);
    evaluator.launch(proposal(1, "b"));

    assertThat(evaluator.await(Duration.ZERO))
        .singleElement()
        .satisfies(trial -> assertThat(trial.result().scores().test()).isEmpty())
        .satisfies(trial -> assertThat(trial.result().completed()).isTrue());
  }

  /** Slots: 1 takes a (0 to 10), 2 takes b (0 to 2.5), b (2.5 to 5) and b (5 to 7.5). */
  @Test
  void givesTrialsInTheOrderOfTheirVirtualEnd() throws InterruptedException {
    TableEvaluator evaluator = new TableEvaluator(TABLE, COLUMNS, 2);
    evaluator.launch(proposal(1, "a"));
    evaluator.launch(proposal(2, "b"));
    evaluator.launch(proposal(3, "b"));

    assertThat(numbers(evaluator.await(Duration.ZERO))).containsExactly(2);
    assertThat(now(evaluator)).isEqualTo(2.5);
    Trial waited = evaluator.await(Duration.ZERO).get(0);
    assertThat(waited.proposal().number()).isEqualTo(3);
    assertThat(waited.result().execution().secondsWaiting()).isEqualTo(2.5);
    assertThat(now(evaluator)).isEqualTo(5);

    evaluator.launch(proposal(4, "b"));
    assertThat(numbers(evaluator.await(Duration.ZERO))).containsExactly(4);
    assertThat(now(evaluator)).isEqualTo(7.5);
    assertThat(numbers(evaluator.await(Duration.ZERO))).containsExactly(1);
    assertThat(now(evaluator)).isEqualTo(10);
    assertThat(evaluator.await(Duration.ZERO)).isEmpty();
  }

  @Test
  void givesTrialsThatEndTogetherByTheirNumbers() throws InterruptedException {
    TableEvaluator evaluator =
        new TableEvaluator(TABLE, "val", Optional.empty(), architecture -> 1, 3);
    for (int number = 1; number <= 3; number++) {
      evaluator.launch(proposal(number, "a"));
    }

    assertThat(numbers(evaluator.await(Duration.ZERO))).containsExactly(1, 2, 3);
  }

  @Test
  void takesNoTimeWithoutACost() throws InterruptedException {
    TableEvaluator evaluator =
        new TableEvaluator(
            TABLE, new TableColumns("arch", "val", Optional.empty(), Optional.empty()), 1);
    evaluator.launch(proposal(1, "a"));
    evaluator.launch(proposal(2, "b"));

    assertThat(evaluator.await(Duration.ZERO)).hasSize(2);
    assertThat(now(evaluator)).isZero();
  }

  @Test
  void failsWhatIsNotInTheTableOrHasNoMetricOrNoCost() throws InterruptedException {
    TableEvaluator evaluator = new TableEvaluator(TABLE, COLUMNS, 3);
    evaluator.launch(proposal(1, "e"));
    evaluator.launch(proposal(2, "c"));
    evaluator.launch(proposal(3, "d"));
    List<Trial> trials =
        List.of(evaluator.await(Duration.ZERO), evaluator.await(Duration.ZERO)).stream()
            .flatMap(List::stream)
            .toList();

    assertThat(trials)
        .extracting(trial -> trial.result().failure().orElseThrow())
        .containsExactly(
            new Failure(Failure.Kind.INVALID, "|e~0| is not in t.csv"),
            new Failure(Failure.Kind.INVALID, "the cost of |d~0| is -1.0 seconds"),
            new Failure(Failure.Kind.INVALID, "|c~0| has no val in t.csv"));
    assertThat(trials)
        .allSatisfy(trial -> assertThat(trial.result().scores().validation()).isEmpty());
  }

  @Test
  void refusesUnknownColumnsAndNoSlots() {
    assertThatThrownBy(
            () ->
                new TableEvaluator(
                    TABLE, new TableColumns("arch", "vall", Optional.empty(), Optional.empty()), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Cannot use table: no column \"vall\" (did you mean \"val\"?)");
    assertThatThrownBy(() -> new TableEvaluator(TABLE, COLUMNS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Cannot evaluate from a table: at least one slot is needed (slots=0)");
  }

  @Test
  void endsWithItsThread() {
    TableEvaluator evaluator = new TableEvaluator(TABLE, COLUMNS, 1);
    evaluator.launch(proposal(1, "a"));
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> evaluator.await(Duration.ZERO))
        .isInstanceOf(InterruptedException.class)
        .hasMessage("Interrupted while evaluating from t.csv");
  }
}
