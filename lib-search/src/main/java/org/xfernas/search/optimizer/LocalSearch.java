package org.xfernas.search.optimizer;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * Local search (White, Nolen and Savani, "Exploring the Loss Landscape in Neural Architecture
 * Search", UAI 2021): from a random start, all neighbours are evaluated, in random order, and the
 * best becomes the next centre while it is better; then another random start is made.
 *
 * <p>The climbs are replayed from the first one with what is known, which costs no evaluation. A
 * climb that needs pending results waits for them while the next climb goes on. A failed trial
 * counts as worst: nothing climbs to it or from it. An architecture is never evaluated twice, so
 * that {@link Deduplication#NONE} means {@link Deduplication#TEXT} here.
 *
 * <p>With a {@link Screen}, the search is at the best known architecture at any time: its
 * neighbours are evaluated in the order of their predictions until one is better. The start, and
 * where to go on when all neighbours are known, is the best of a pool by the surrogate; the second
 * candidate is a random draw, from which the surrogate learns whether the sources mislead.
 */
public final class LocalSearch implements Optimizer {
  private static final String START = "random start";

  /** Climbs without anything new before a random draw takes their place. */
  private static final int CLIMBS = 100;

  /** Proposals before the random draw of a search with a screen. */
  private static final int PROBE = 1;

  private final SearchSpace space;
  private final Screen screen;
  private final CandidatePool pool;
  private final Deduplication deduplication;
  private final Seed seed;

  /** Neighbours in the order in which they are looked at, by centre: saves making them again. */
  private final Map<Architecture, List<Architecture>> neighbours = new HashMap<>();

  /**
   * A local search.
   *
   * @param space to climb in
   * @param screen chooses starts and orders neighbours; {@link Screen#NONE} for the unmodified
   *     search
   * @param deduplication which neighbours count as known
   * @param seed of the starts and of the order of neighbours
   */
  public LocalSearch(SearchSpace space, Screen screen, Deduplication deduplication, Seed seed) {
    this.space = space;
    this.deduplication = deduplication.remembering();
    this.screen = screen;
    this.pool = new CandidatePool(space, this.deduplication, seed);
    this.seed = seed;
  }

  @Override
  public String name() {
    return "local-search";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Candidates candidates = new Candidates(space, deduplication, seed, completed, pending);
    Optional<Surrogate> surrogate = screen.fit(completed);
    if (surrogate.isPresent()) {
      suggestScreened(completed, surrogate.get(), candidates, count);
    } else {
      suggestUnmodified(candidates, count);
    }
    return candidates.suggestions();
  }

  private void suggestScreened(
      TrialHistory completed, Surrogate surrogate, Candidates candidates, int count) {
    Optional<Observation> top = completed.successes().findFirst();
    boolean more = true;
    while (more && candidates.suggested() < count) {
      more =
          (candidates.made() != PROBE
                  && (suggestNeighbour(top, surrogate, candidates)
                      || suggestStart(completed, surrogate, candidates)))
              || candidates.suggestDraw(START, Optional.of(surrogate));
    }
  }

  private boolean suggestNeighbour(
      Optional<Observation> top, Surrogate surrogate, Candidates candidates) {
    List<Architecture> fresh =
        top.stream()
            .flatMap(centre -> space.neighbours(centre.architecture()).stream())
            .filter(candidates::isNew)
            .toList();
    if (!fresh.isEmpty()) {
      String reason = "neighbour of " + top.get().number();
      candidates.suggest(Screen.best(surrogate, fresh, neighbour -> reason));
    }
    return !fresh.isEmpty();
  }

  private boolean suggestStart(TrialHistory completed, Surrogate surrogate, Candidates candidates) {
    List<Architecture> fresh =
        pool.of(screen.promising(completed), candidates.made()).freshOnes(candidates);
    if (!fresh.isEmpty()) {
      candidates.suggest(Screen.best(surrogate, fresh, start -> "screened start"));
    }
    return !fresh.isEmpty();
  }

  private void suggestUnmodified(Candidates candidates, int count) {
    int climbs = candidates.made() + CLIMBS;
    for (int climb = 0; climb < climbs && candidates.suggested() < count; climb++) {
      climb(climb, candidates, count);
    }
    while (candidates.suggested() < count && candidates.suggestDraw(START)) {}
  }

  /** Climbs as far as results are known, and suggests what is needed to go on. */
  private void climb(int climb, Candidates candidates, int count) {
    Architecture centre = space.sample(seed.child("draw", climb).generator());
    Optional<Observation> top = look(centre, START + " " + (climb + 1), candidates);
    while (top.isPresent() && top.get().score().isPresent()) {
      String reason = "neighbour of " + top.get().number();
      Architecture next = centre;
      double height = top.get().score().getAsDouble();
      boolean complete = true;
      for (Architecture neighbour : neighbours.computeIfAbsent(centre, this::shuffled)) {
        if (candidates.suggested() == count) {
          return;
        }
        Optional<Observation> seen = look(neighbour, reason, candidates);
        complete &= seen.isPresent();
        double score = seen.map(LocalSearch::score).orElse(Double.NEGATIVE_INFINITY);
        if (score > height) {
          next = neighbour;
          height = score;
        }
      }
      if (!complete || next.equals(centre)) {
        return;
      }
      centre = next;
      top = candidates.observation(centre);
    }
  }

  /** What is known of an architecture; suggests it where that is nothing. */
  private Optional<Observation> look(
      Architecture architecture, String reason, Candidates candidates) {
    if (candidates.isNew(architecture)) {
      candidates.suggest(new Suggestion(architecture, Explanation.of(reason)));
    }
    return candidates.observation(architecture);
  }

  private static double score(Observation observation) {
    return observation.score().orElse(Double.NEGATIVE_INFINITY);
  }

  private List<Architecture> shuffled(Architecture centre) {
    RandomGenerator random = seed.child("neighbours", centre.text()).generator();
    List<Architecture> shuffled = new ArrayList<>(space.neighbours(centre));
    for (int last = shuffled.size() - 1; last > 0; last--) {
      Collections.swap(shuffled, last, random.nextInt(last + 1));
    }
    return shuffled;
  }
}
