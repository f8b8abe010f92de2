package org.xfernas.search.optimizer;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * What is known and pending while an optimizer looks for candidates, and the suggestions it has
 * made so far.
 */
final class Candidates {
  /** Draws before a space counts as nearly exhausted. */
  private static final int DRAWS = 1_000;

  /** Architectures looked at before a space counts as exhausted. */
  private static final int WALK = 200_000;

  private final SearchSpace space;
  private final Deduplication deduplication;
  private final Seed seed;
  private final Map<Object, Observation> observed;
  private final Set<Object> pending;
  private final List<Suggestion> suggestions = new ArrayList<>();
  private int made;

  /** Before anything is known. */
  Candidates(SearchSpace space, Deduplication deduplication, Seed seed) {
    this.space = space;
    this.deduplication = deduplication;
    this.seed = seed;
    this.observed = new HashMap<>();
    this.pending = new HashSet<>();
  }

  /** Before any suggestion is made. */
  Candidates(
      SearchSpace space,
      Deduplication deduplication,
      Seed seed,
      TrialHistory completed,
      List<Proposal> pending) {
    this(space, deduplication, seed);
    completed.observations().forEach(this::observe);
    pending.forEach(this::await);
  }

  /** A copy that can go another way. */
  Candidates(Candidates other) {
    this.space = other.space;
    this.deduplication = other.deduplication;
    this.seed = other.seed;
    this.observed = new HashMap<>(other.observed);
    this.pending = new HashSet<>(other.pending);
    this.suggestions.addAll(other.suggestions);
    this.made = other.made;
  }

  /** Adds a finished trial. Of several of one architecture, a success counts before a failure. */
  void observe(Observation observation) {
    observed.merge(
        deduplication.key(observation),
        observation,
        (first, second) -> first.score().isPresent() ? first : second);
    made++;
  }

  /** Adds a proposal without a result. */
  void await(Proposal proposal) {
    pending.add(key(proposal.architecture()));
    made++;
  }

  /** Suggests a candidate, which is pending from now on. */
  void suggest(Suggestion suggestion) {
    suggestions.add(suggestion);
    pending.add(key(suggestion.architecture()));
    made++;
  }

  /**
   * Suggests a random draw. It depends on the seed, the number of proposals made so far and the
   * known ones alone, so that all optimizers of one seed start alike.
   *
   * @return false where the space has nothing new
   */
  boolean suggestDraw(String reason) {
    return suggestDraw(reason, Optional.empty());
  }

  /** The same, with what a surrogate expects of the draw where there is one. */
  boolean suggestDraw(String reason, Optional<Surrogate> surrogate) {
    RandomGenerator random = seed.child("draw", made).generator();
    Optional<Architecture> candidate = firstNew(() -> space.sample(random), DRAWS);
    candidate.ifPresent(
        draw ->
            suggest(
                surrogate
                    .map(model -> Screen.best(model, List.of(draw), one -> reason))
                    .orElse(new Suggestion(draw, Explanation.of(reason)))));
    return candidate.isPresent();
  }

  /**
   * The first new one of so many draws; where all are known, a new one with the fewest changes from
   * the last; empty where the space has none.
   */
  Optional<Architecture> firstNew(Supplier<Architecture> draws, int most) {
    Architecture draw = draws.get();
    for (int drawn = 1; drawn < most && !isNew(draw); drawn++) {
      draw = draws.get();
    }
    return isNew(draw) ? Optional.of(draw) : nearestNew(draw);
  }

  /**
   * Suggests the first of these that was never proposed.
   *
   * @return false where there is none
   */
  boolean suggestFirst(List<Architecture> order, String reason) {
    Optional<Architecture> first =
        order.stream().filter(one -> isNew(one) && observation(one).isEmpty()).findFirst();
    first.ifPresent(architecture -> suggest(new Suggestion(architecture, Explanation.of(reason))));
    return first.isPresent();
  }

  /** A new architecture with the fewest changes, found by breadth-first search. */
  private Optional<Architecture> nearestNew(Architecture start) {
    Set<Architecture> seen = new HashSet<>(Set.of(start));
    Queue<Architecture> queue = new ArrayDeque<>(seen);
    while (!queue.isEmpty() && seen.size() < WALK) {
      for (Architecture neighbour : space.neighbours(queue.remove())) {
        if (isNew(neighbour)) {
          return Optional.of(neighbour);
        }
        if (seen.add(neighbour)) {
          queue.add(neighbour);
        }
      }
    }
    return Optional.empty();
  }

  /** Whether it may be suggested: not pending, and not known where that counts. */
  boolean isNew(Architecture architecture) {
    return isNewKey(key(architecture));
  }

  /** The same, of what an architecture has in common with those that are the same. */
  boolean isNewKey(Object key) {
    return !pending.contains(key)
        && (deduplication == Deduplication.NONE || !observed.containsKey(key));
  }

  /** The finished trial of an architecture, if there is one. */
  Optional<Observation> observation(Architecture architecture) {
    return Optional.ofNullable(observed.get(key(architecture)));
  }

  /** Number of proposals and suggestions without a result. */
  int pending() {
    return pending.size();
  }

  /** Number of trials, proposals and suggestions so far. */
  int made() {
    return made;
  }

  /** Number of suggestions so far. */
  int suggested() {
    return suggestions.size();
  }

  /** The architecture suggested last. */
  Architecture lastSuggested() {
    return suggestions.get(suggestions.size() - 1).architecture();
  }

  /** The suggestions so far, in order. */
  List<Suggestion> suggestions() {
    return List.copyOf(suggestions);
  }

  private Object key(Architecture architecture) {
    return deduplication.key(space, architecture);
  }
}
