package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

/** What every optimizer promises; inherited by the test of each. */
abstract class OptimizerContractTest {
  /** 27 architectures. */
  static final SearchSpace TINY =
      new EdgeCellSpace(3, List.of("none", "skip_connect", "nor_conv_3x3"));

  static final SearchSpace NAS_BENCH_201 =
      new EdgeCellSpace(
          4, List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));

  static final Seed SEED = new Seed(1);

  abstract Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed);

  /** A landscape with ties; depends on the tokens alone. */
  static double score(SearchSpace space, Architecture architecture) {
    int sum = 0;
    for (int token : space.encode(architecture)) {
      sum = 31 * sum + token;
    }
    return Math.floorMod(sum * 7919, 101);
  }

  static Function<Proposal, Trial> landscape(SearchSpace space) {
    return proposal -> TestTrials.completed(proposal, score(space, proposal.architecture()));
  }

  static TrialHistory history(List<Trial> trials) {
    return TrialHistory.of(Objective.VALIDATION_ACCURACY, trials);
  }

  /** A search as it goes in a cluster: proposals are pending together and finish in any order. */
  static final class AsynchronousSearch {
    private final SearchSpace space;
    private final Function<Proposal, Trial> evaluation;
    private final RandomGenerator disorder = new Seed(99).generator();
    final List<Proposal> proposals = new ArrayList<>();
    final List<Proposal> pending = new ArrayList<>();
    final List<Trial> trials = new ArrayList<>();

    AsynchronousSearch(SearchSpace space, Function<Proposal, Trial> evaluation) {
      this.space = space;
      this.evaluation = evaluation;
    }

    /** Runs until so many proposals were made or the optimizer has no more. */
    AsynchronousSearch run(Optimizer optimizer, int slots, int limit) {
      boolean exhausted = false;
      while (!exhausted || !pending.isEmpty()) {
        int wanted = Math.min(slots - pending.size(), limit - proposals.size());
        if (wanted > 0) {
          List<Suggestion> suggestions = optimizer.suggest(history(trials), pending, wanted);
          assertThat(suggestions).hasSizeLessThanOrEqualTo(wanted);
          exhausted = suggestions.size() < wanted;
          suggestions.forEach(suggestion -> propose(suggestion.architecture()));
        }
        exhausted |= proposals.size() >= limit;
        if (!pending.isEmpty()) {
          trials.add(evaluation.apply(pending.remove(disorder.nextInt(pending.size()))));
        }
      }
      return this;
    }

    private void propose(Architecture architecture) {
      assertThat(pending).extracting(Proposal::architecture).doesNotContain(architecture);
      Proposal proposal = TestTrials.proposal(space, proposals.size() + 1, architecture);
      proposals.add(proposal);
      pending.add(proposal);
    }

    List<String> texts() {
      return proposals.stream().map(proposal -> proposal.architecture().text()).toList();
    }
  }

  private static Set<Architecture> all(SearchSpace space) {
    Set<Architecture> all = new LinkedHashSet<>();
    List<Architecture> next = List.of(space.sample(SEED.generator()));
    while (all.addAll(next)) {
      next = next.stream().flatMap(one -> space.neighbours(one).stream()).distinct().toList();
    }
    return all;
  }

  @ParameterizedTest
  @EnumSource
  void suggestsAsManyAsWantedAllDifferent(Deduplication deduplication) {
    List<Suggestion> suggestions =
        optimizer(NAS_BENCH_201, deduplication, SEED).suggest(TrialHistory.EMPTY, List.of(), 30);

    assertThat(suggestions)
        .hasSize(30)
        .extracting(Suggestion::architecture)
        .doesNotHaveDuplicates();
    assertThat(suggestions).allSatisfy(one -> assertThat(one.explanation().reason()).isNotBlank());
  }

  @ParameterizedTest
  @EnumSource
  void isAFunctionOfItsArguments(Deduplication deduplication) {
    Optimizer used = optimizer(NAS_BENCH_201, deduplication, SEED);
    AsynchronousSearch search =
        new AsynchronousSearch(NAS_BENCH_201, landscape(NAS_BENCH_201)).run(used, 4, 40);

    for (int known : new int[] {40, 0, 25, 26, 12}) {
      TrialHistory completed = history(search.trials.subList(0, known));
      List<Proposal> pending =
          search.proposals.stream()
              .filter(one -> search.trials.indexOf(landscape(NAS_BENCH_201).apply(one)) >= known)
              .limit(3)
              .toList();
      List<Suggestion> expected =
          optimizer(NAS_BENCH_201, deduplication, SEED).suggest(completed, pending, 5);

      assertThat(used.suggest(completed, pending, 5)).isEqualTo(expected);
      assertThat(used.suggest(completed, pending, 5)).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 50})
  void suggestsEveryTextOnceAndThenNothing(int slots) {
    Optimizer optimizer = optimizer(TINY, Deduplication.TEXT, SEED);

    AsynchronousSearch search =
        new AsynchronousSearch(TINY, landscape(TINY)).run(optimizer, slots, 1_000);

    assertThat(search.proposals)
        .hasSize(27)
        .extracting(Proposal::architecture)
        .containsExactlyInAnyOrderElementsOf(all(TINY));
    assertThat(optimizer.suggest(history(search.trials), List.of(), 1)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void suggestsEveryFunctionOnceAndThenNothing(int slots) {
    Set<Object> functions = new HashSet<>();
    all(TINY).forEach(architecture -> functions.add(TINY.id(architecture)));

    AsynchronousSearch search =
        new AsynchronousSearch(TINY, landscape(TINY))
            .run(optimizer(TINY, Deduplication.ID, SEED), slots, 1_000);

    assertThat(functions).hasSizeLessThan(27);
    assertThat(search.proposals)
        .extracting(Proposal::id)
        .doesNotHaveDuplicates()
        .hasSize(functions.size());
  }

  /** Random draws alone would need 15,625 on average. */
  @Test
  void findsTheLastNewArchitecture() {
    List<Trial> trials = new ArrayList<>();
    Architecture last = NAS_BENCH_201.decode(new int[] {4, 2, 1, 3, 0, 0});
    for (Architecture architecture : all(NAS_BENCH_201)) {
      if (!architecture.equals(last)) {
        int number = trials.size() + 1;
        trials.add(
            landscape(NAS_BENCH_201)
                .apply(TestTrials.proposal(NAS_BENCH_201, number, architecture)));
      }
    }

    assertThat(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(history(trials), List.of(), 2))
        .extracting(Suggestion::architecture)
        .containsExactly(last);
  }

  @Test
  void goesOnWhereEveryTrialFails() {
    AsynchronousSearch search =
        new AsynchronousSearch(TINY, TestTrials::failed)
            .run(optimizer(TINY, Deduplication.TEXT, SEED), 3, 1_000);

    assertThat(search.trials).hasSize(27);
  }

  @Test
  void searchesASpaceOfBlockCells() {
    SearchSpace space =
        new BlockCellSpace(
            3, List.of("identity", "sep_conv_3x3", "max_pool_3x3"), OutputRule.UNUSED);

    AsynchronousSearch search =
        new AsynchronousSearch(space, landscape(space))
            .run(optimizer(space, Deduplication.ID, SEED), 4, 60);

    assertThat(search.proposals).hasSize(60).extracting(Proposal::id).doesNotHaveDuplicates();
  }

  @Test
  void suggestsNothingTwiceInASpaceOfOne() {
    SearchSpace one = new EdgeCellSpace(2, List.of("nor_conv_3x3"));

    AsynchronousSearch search =
        new AsynchronousSearch(one, landscape(one))
            .run(optimizer(one, Deduplication.TEXT, SEED), 2, 10);

    assertThat(search.proposals).hasSize(1);
  }

  @Test
  void doesNotDependOnTheOrderInWhichTheHistoryIsGiven() {
    AsynchronousSearch search =
        new AsynchronousSearch(NAS_BENCH_201, landscape(NAS_BENCH_201))
            .run(optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED), 8, 40);
    List<Trial> reversed = new ArrayList<>(search.trials);
    Collections.reverse(reversed);

    assertThat(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(history(reversed), List.of(), 5))
        .isEqualTo(
            optimizer(NAS_BENCH_201, Deduplication.TEXT, SEED)
                .suggest(history(search.trials), List.of(), 5));
  }
}
