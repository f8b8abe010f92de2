package org.xfernas.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.run.SearchSummary.Best;
import org.xfernas.search.run.SearchSummary.Incumbent;
import org.xfernas.search.run.SearchSummary.Labels;
import org.xfernas.search.run.SearchSummary.SourceTask;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;

class SearchSummaryTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(2, List.of("a", "b", "c", "d", "e"));
  private static final Labels LABELS = new Labels("run", "search", "c10", "random", "none");

  private static final List<SourceUse> USES =
      List.of(new SourceUse("digits", 60, 1, ""), new SourceUse("toys", 40, 0.5, ""));

  private final SearchJournal journal = SearchJournal.inMemory();

  private SearchSummary summary(boolean minimize) {
    SearchPlan plan =
        new SearchPlan(
            new Objective("val", minimize),
            List.of(new StopCriterion.Evaluations(10)),
            Mode.SYNCHRONOUS,
            OptionalInt.empty(),
            new Seed(42));
    return SearchSummary.of(
        LABELS, plan, SearchProgress.of(plan.objective(), journal), OptionalLong.of(7), USES);
  }

  private Proposal proposal(int number, String operation) {
    Proposal proposal = TestTrials.proposal(SPACE, number, SPACE.parse("|" + operation + "~0|"));
    journal.propose(List.of(proposal));
    return proposal;
  }

  /** Intervals 0-100, 50-150, a gap in which nobody searched, 1000-1040 inside 990-1050. */
  private void fill() {
    Proposal first = proposal(1, "a");
    Proposal second = proposal(2, "b");
    Proposal third = proposal(3, "c");
    Proposal fourth = proposal(4, "d");
    proposal(5, "e");
    journal.record(
        List.of(
            TestTrials.failed(first, TestTrials.execution(0, 100, 20)),
            TestTrials.completed(
                fourth, 70, OptionalDouble.of(69), TestTrials.execution(1_000, 1_040, 0)),
            TestTrials.completed(
                third, 80, OptionalDouble.empty(), TestTrials.execution(990, 1_050, 10)),
            TestTrials.completed(
                second, 70, OptionalDouble.of(71), TestTrials.execution(50, 150, 0))));
  }

  @Test
  void countsAndAddsUp() {
    fill();
    SearchSummary summary = summary(false);

    assertThat(summary.job()).isEqualTo("search");
    assertThat(summary.runId()).isEqualTo("run");
    assertThat(summary.searchId()).isEqualTo("search");
    assertThat(summary.task()).isEqualTo("c10");
    assertThat(summary.optimizer()).isEqualTo("random");
    assertThat(summary.transfer()).isEqualTo("none");
    assertThat(summary.seed()).isEqualTo(42);
    assertThat(summary.sourceSnapshot()).hasValue(7);
    assertThat(summary.evaluations()).isEqualTo(4);
    assertThat(summary.failed()).isEqualTo(1);
    assertThat(summary.gpuDays()).isCloseTo((80 + 100 + 50 + 40) / 86_400.0, within(1e-12));
    assertThat(summary.wallSeconds()).isEqualTo(150 + 60);
  }

  @Test
  void followsTheBestAfterEachEvaluation() {
    fill();
    SearchSummary summary = summary(false);

    assertThat(summary.best()).contains(new Best("|c~0|", 80, OptionalDouble.empty()));
    assertThat(summary.trajectory())
        .containsExactly(
            new Incumbent(1, Optional.empty(), OptionalDouble.empty(), OptionalDouble.empty()),
            new Incumbent(2, Optional.of("|b~0|"), OptionalDouble.of(70), OptionalDouble.of(71)),
            new Incumbent(3, Optional.of("|c~0|"), OptionalDouble.of(80), OptionalDouble.empty()),
            new Incumbent(4, Optional.of("|c~0|"), OptionalDouble.of(80), OptionalDouble.empty()));
  }

  /** A proposal whose model had these shares of the universal part and of the residual. */
  private void proposalWith(int number, double universal, double residual) {
    Proposal plain = TestTrials.proposal(SPACE, number, SPACE.parse("|a~0|"));
    Source toys = new Source("toys", 0.1 * number, 0.25, universal);
    journal.propose(
        List.of(
            new Proposal(
                number,
                plain.architecture(),
                plain.id(),
                0,
                new Basis(number > 1 ? List.of(1) : List.of(), List.of()),
                new Explanation(
                    "expected improvement",
                    Optional.empty(),
                    Optional.of(new TransferShares(universal, residual, List.of(toys))),
                    Optional.empty()),
                0)));
  }

  @Test
  void sourcesHaveWhatTheyWereWorthAtTheLastProposal() {
    proposalWith(1, 1, 0);
    proposalWith(2, 0.75, 0.25);
    proposal(3, "b");
    assertThat(summary(false).sourceTasks())
        .containsExactly(
            new SourceTask(
                "digits",
                60,
                1,
                OptionalDouble.empty(),
                OptionalDouble.empty(),
                OptionalDouble.empty()),
            new SourceTask(
                "toys",
                40,
                0.5,
                OptionalDouble.of(0.2),
                OptionalDouble.of(0.25),
                OptionalDouble.of(0.75)));
  }

  @Test
  void theHandOverIsFromWhereTheResidualOutweighsTheUniversalPartForGood() {
    proposalWith(1, 1, 0);
    proposalWith(2, 0.25, 0.75);
    proposalWith(3, 0.5, 0.5);
    assertThat(summary(false).handOver()).as("equal shares outweigh nothing").isEmpty();
    proposalWith(4, 0.25, 0.75);
    proposal(5, "b");
    proposalWith(6, 0, 1);
    assertThat(summary(false).handOver()).hasValue(4);
    proposalWith(7, 1, 0);
    assertThat(summary(false).handOver()).isEmpty();
  }

  @Test
  void theTargetHasNoEvidenceBeforeItsFirstResult() {
    proposalWith(1, 0.25, 0.75);
    proposalWith(2, 0.25, 0.75);
    assertThat(summary(false).handOver()).hasValue(2);
  }

  @Test
  void takesTheEarliestOfTheLowestWhereLowerIsBetter() {
    fill();

    assertThat(summary(true).best()).contains(new Best("|b~0|", 70, OptionalDouble.of(71)));
  }

  @Test
  void hasNoBestWhereNoTrialSucceeded() {
    journal.record(List.of(TestTrials.failed(proposal(1, "a"))));

    assertThat(summary(false).best()).isEmpty();
    assertThat(summary(false).trajectory()).hasSize(1);
  }

  @Test
  void summarizesASearchThatDidNothingYet() {
    SearchSummary summary = summary(false);

    assertThat(summary.evaluations()).isZero();
    assertThat(summary.best()).isEmpty();
    assertThat(summary.wallSeconds()).isZero();
  }
}
