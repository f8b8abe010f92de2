package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.optimizer.RegularizedEvolution.Settings;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

class RegularizedEvolutionTest extends UnmodifiedOptimizerContractTest {
  private static final SearchSpace LARGE =
      new EdgeCellSpace(
          9, List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));

  @Override
  Optimizer optimizer(SearchSpace space, Deduplication deduplication, Seed seed) {
    return new RegularizedEvolution(space, Screen.NONE, new Settings(10, 3), deduplication, seed);
  }

  private static int differences(Architecture one, Architecture other) {
    int[] left = LARGE.encode(one);
    int[] right = LARGE.encode(other);
    int differences = 0;
    for (int position = 0; position < left.length; position++) {
      differences += left[position] == right[position] ? 0 : 1;
    }
    return differences;
  }

  /** In a space of 5^36 no child is known already, so that the last five are the population. */
  @Test
  void mutatesTheBestOfTheYoungestWhereAllMeetInTheTournament() {
    Optimizer evolution =
        new RegularizedEvolution(
            LARGE, Screen.NONE, new Settings(5, 5), Deduplication.TEXT, new Seed(1));
    List<Trial> trials = new ArrayList<>();
    for (int number = 1; number <= 60; number++) {
      Suggestion suggestion = evolution.suggest(history(trials), List.of(), 1).get(0);
      if (number <= 5) {
        assertThat(suggestion.explanation().reason()).isEqualTo("random member");
      } else {
        Trial parent =
            trials.subList(number - 6, number - 1).stream()
                .max(
                    Comparator.comparing(
                        trial -> trial.result().scores().validation().getAsDouble()))
                .orElseThrow();
        assertThat(suggestion.explanation().reason())
            .isEqualTo("mutation of " + parent.proposal().number());
        assertThat(differences(suggestion.architecture(), parent.proposal().architecture()))
            .isEqualTo(1);
      }
      // Distinct scores without a trend: multiples of 37 modulo the prime 101.
      trials.add(
          TestTrials.completed(
              TestTrials.proposal(LARGE, number, suggestion.architecture()), number * 37 % 101));
    }
  }

  @Test
  void neverMutatesAFailedTrial() {
    Optimizer evolution = optimizer(LARGE, Deduplication.TEXT, new Seed(1));
    List<Trial> trials = new ArrayList<>();
    for (int number = 1; number <= 60; number++) {
      Suggestion suggestion = evolution.suggest(history(trials), List.of(), 1).get(0);
      Proposal proposal = TestTrials.proposal(LARGE, number, suggestion.architecture());
      boolean fails = number % 2 == 0;
      trials.add(fails ? TestTrials.failed(proposal) : TestTrials.completed(proposal, number));
      String reason = suggestion.explanation().reason();
      // Ten successes, the odd ones up to 19, are needed before the first child.
      if (number <= 19) {
        assertThat(reason).isEqualTo("random member");
      } else {
        assertThat(Integer.parseInt(reason.replace("mutation of ", "")) % 2).isEqualTo(1);
      }
    }
  }

  @Test
  void countsPendingMembersInTheBeginning() {
    Optimizer evolution = optimizer(LARGE, Deduplication.TEXT, new Seed(1));
    List<Trial> trials = new ArrayList<>();
    List<Proposal> pending = new ArrayList<>();
    for (Suggestion suggestion : evolution.suggest(history(trials), List.of(), 10)) {
      int number = trials.size() + pending.size() + 1;
      Proposal proposal = TestTrials.proposal(LARGE, number, suggestion.architecture());
      if (number == 7) {
        trials.add(TestTrials.completed(proposal, 50));
      } else {
        pending.add(proposal);
      }
    }

    assertThat(evolution.suggest(history(trials), pending, 1))
        .extracting(suggestion -> suggestion.explanation().reason())
        .containsExactly("mutation of 7");
  }

  /**
   * One member: children descend from the youngest, trial 2 at first, and from trial 1 where the
   * child in between was the known architecture of trial 1.
   */
  @Test
  void entersAKnownChildWithoutAnEvaluation() {
    SearchSpace cube = new EdgeCellSpace(3, List.of("skip_connect", "nor_conv_3x3"));
    List<Trial> trials =
        List.of(
            TestTrials.completed(TestTrials.proposal(cube, 1, cube.decode(new int[] {0, 0, 0})), 1),
            TestTrials.completed(
                TestTrials.proposal(cube, 2, cube.decode(new int[] {0, 0, 1})), 2));
    Set<String> children = new TreeSet<>();
    for (int seed = 0; seed < 50; seed++) {
      Suggestion child =
          new RegularizedEvolution(
                  cube, Screen.NONE, new Settings(1, 1), Deduplication.TEXT, new Seed(seed))
              .suggest(history(trials), List.of(), 1)
              .get(0);
      children.add(
          child.explanation().reason() + Arrays.toString(cube.encode(child.architecture())));
    }

    assertThat(children)
        .containsExactly(
            "mutation of 1[0, 1, 0]",
            "mutation of 1[1, 0, 0]",
            "mutation of 2[0, 1, 1]",
            "mutation of 2[1, 0, 1]");
  }

  /** Follows every mutation of a replay: each parent is one of the four youngest at that time. */
  @Test
  void keepsKnownChildrenInThePopulation() {
    List<Trial> trials =
        new AsynchronousSearch(TINY, landscape(TINY))
            .run(optimizer(TINY, Deduplication.TEXT, new Seed(1)), 1, 20)
            .trials;
    List<List<Object>> mutations = new ArrayList<>();
    SearchSpace recording =
        (SearchSpace)
            Proxy.newProxyInstance(
                SearchSpace.class.getClassLoader(),
                new Class<?>[] {SearchSpace.class},
                (proxy, method, arguments) -> {
                  Object result = method.invoke(TINY, arguments);
                  if (method.getName().equals("mutate")) {
                    mutations.add(List.of(arguments[0], result));
                  }
                  return result;
                });
    new RegularizedEvolution(
            recording, Screen.NONE, new Settings(4, 2), Deduplication.TEXT, new Seed(1))
        .suggest(history(trials), List.of(), 1);

    Iterator<List<Object>> next = mutations.iterator();
    List<Object> births = new ArrayList<>();
    Set<Object> known = new HashSet<>();
    int returned = 0;
    for (Trial trial : trials) {
      boolean isNew = births.size() < 4;
      while (!isNew) {
        List<Object> mutation = next.next();
        assertThat(births.subList(births.size() - 4, births.size())).contains(mutation.get(0));
        isNew = !known.contains(mutation.get(1));
        if (!isNew) {
          births.add(mutation.get(1));
          returned++;
        }
      }
      births.add(trial.proposal().architecture());
      known.add(trial.proposal().architecture());
    }
    assertThat(returned).isPositive();
    assertThat(next.hasNext()).isTrue();
  }

  @Test
  void refusesAPopulationOfNone() {
    assertThatThrownBy(() -> new Settings(0, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot evolve: population and tournament must be at least 1"
                + " (population=0, tournament=3)");
  }
}
