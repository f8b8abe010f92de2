package org.xfernas.search.optimizer;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
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
 * Regularized evolution (Real, Aggarwal, Huang and Le, "Regularized Evolution for Image Classifier
 * Architecture Search", AAAI 2019, algorithm 1): the winner of a tournament is mutated, the child
 * enters the population, the oldest leaves it. The members of a tournament are all different, where
 * the paper's pseudocode may draw one twice.
 *
 * <p>The population is replayed from the trials in the order of their numbers. A child that is
 * known already enters it again without an evaluation, and the next is bred. Pending children are
 * not in the population yet; a failed trial never enters it. While the population and the pending
 * are too few together, candidates are random draws.
 *
 * <p>With a {@link Screen}, the initial population is the best of a pool by the surrogate, but for
 * one random draw, which the surrogate would not have chosen and so learns most from; and of a
 * brood of children, all bred of the same population, the best is evaluated. Nothing is then
 * evaluated twice, so that {@link Deduplication#NONE} means {@link Deduplication#TEXT}.
 */
public final class RegularizedEvolution implements Optimizer {
  /** Children bred in vain before a random draw takes their place. */
  private static final int CHILDREN = 1_000;

  /** Proposals before the random draw of an evolution with a screen. */
  private static final int PROBE = 1;

  private static final String MEMBER = "random member";

  /** Children that a screen chooses from. */
  private static final int BROOD = 50;

  private final SearchSpace space;
  private final Screen screen;
  private final Settings settings;
  private final List<Architecture> founders;
  private final CandidatePool pool;
  private final Seed seed;
  private final boolean mutable;
  private final Lineage unborn;

  /** Trials that no pending one precedes, and the lineage after them: saves replaying them. */
  private List<Observation> settledTrials = List.of();

  private Lineage settled;

  /**
   * Sizes of the algorithm.
   *
   * @param population members, P in the paper; at least 1
   * @param tournament different members drawn, of which the best is the parent, S in the paper; at
   *     least 1
   */
  public record Settings(int population, int tournament) {
    public Settings {
      if (population < 1 || tournament < 1) {
        throw new IllegalArgumentException(
            "Cannot evolve: population and tournament must be at least 1"
                + " (population=%d, tournament=%d)".formatted(population, tournament));
      }
    }
  }

  /**
   * An evolution.
   *
   * @param space to evolve in
   * @param screen chooses members and children; {@link Screen#NONE} for the unmodified evolution
   * @param settings sizes
   * @param deduplication which children count as known
   * @param seed of draws, tournaments and mutations
   */
  public RegularizedEvolution(
      SearchSpace space, Screen screen, Settings settings, Deduplication deduplication, Seed seed) {
    this(space, screen, settings, List.of(), deduplication, seed);
  }

  /** An evolution whose first members are these. */
  RegularizedEvolution(
      SearchSpace space,
      Screen screen,
      Settings settings,
      List<Architecture> founders,
      Deduplication deduplication,
      Seed seed) {
    this.space = space;
    this.screen = screen;
    this.settings = settings;
    this.founders = List.copyOf(founders);
    Deduplication known = screen == Screen.NONE ? deduplication : deduplication.remembering();
    this.pool = new CandidatePool(space, known, seed);
    this.seed = seed;
    this.mutable = space.size().compareTo(BigInteger.ONE) > 0;
    this.unborn = new Lineage(new Candidates(space, known, seed), List.of());
    this.settled = new Lineage(unborn);
  }

  @Override
  public String name() {
    return "evolution";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Lineage lineage = replay(completed.observations(), pending);
    Optional<Surrogate> surrogate = screen.fit(completed);
    List<Architecture> promising = screen.promising(completed);
    boolean more = true;
    while (more && lineage.candidates.suggested() < count) {
      more =
          surrogate.isPresent() ? lineage.suggest(surrogate.get(), promising) : lineage.suggest();
    }
    return lineage.candidates.suggestions();
  }

  private Lineage replay(List<Observation> trials, List<Proposal> pending) {
    int next = settle(trials, pending.isEmpty() ? Integer.MAX_VALUE : pending.get(0).number());
    Lineage lineage = new Lineage(settled);
    for (Proposal proposal : pending) {
      for (; next < trials.size() && trials.get(next).number() < proposal.number(); next++) {
        lineage.observe(trials.get(next));
      }
      lineage.await(proposal);
    }
    for (; next < trials.size(); next++) {
      lineage.observe(trials.get(next));
    }
    return lineage;
  }

  /** Replays the trials before {@code firstPending}, as far as they are new; returns how many. */
  private int settle(List<Observation> trials, int firstPending) {
    int count = (int) trials.stream().takeWhile(trial -> trial.number() < firstPending).count();
    List<Observation> settling = trials.subList(0, count);
    int known = settledTrials.size();
    if (known > count || !settling.subList(0, known).equals(settledTrials)) {
      settled = new Lineage(unborn);
      known = 0;
    }
    settling.subList(known, count).forEach(settled::observe);
    settledTrials = List.copyOf(settling);
    return count;
  }

  /** The population after some trials. */
  private final class Lineage {
    private final Candidates candidates;
    private final List<Observation> population;

    private Lineage(Candidates candidates, List<Observation> population) {
      this.candidates = candidates;
      this.population = new ArrayList<>(population);
    }

    private Lineage(Lineage other) {
      this(new Candidates(other.candidates), other.population);
    }

    void observe(Observation trial) {
      breed(generator());
      candidates.observe(trial);
      enter(trial);
    }

    void await(Proposal proposal) {
      breed(generator());
      candidates.await(proposal);
    }

    boolean suggest() {
      Optional<Suggestion> child = breed(generator());
      child.ifPresent(candidates::suggest);
      return child.isPresent()
          || candidates.suggestFirst(founders, Replay.REPLAYED)
          || candidates.suggestDraw(MEMBER);
    }

    boolean suggest(Surrogate surrogate, List<Architecture> promising) {
      RandomGenerator random = generator();
      Optional<Suggestion> child = breed(random);
      child.ifPresent(first -> candidates.suggest(bestOfBrood(first, surrogate, random)));
      return child.isPresent()
          || (candidates.made() != PROBE && suggestMember(surrogate, promising))
          || candidates.suggestDraw(MEMBER, Optional.of(surrogate));
    }

    private RandomGenerator generator() {
      return seed.child("child", candidates.made()).generator();
    }

    private boolean suggestMember(Surrogate surrogate, List<Architecture> promising) {
      List<Architecture> fresh = pool.of(promising, candidates.made()).freshOnes(candidates);
      if (!fresh.isEmpty()) {
        candidates.suggest(Screen.best(surrogate, fresh, member -> "screened member"));
      }
      return !fresh.isEmpty();
    }

    private Suggestion bestOfBrood(Suggestion first, Surrogate surrogate, RandomGenerator random) {
      Map<Architecture, String> brood = new LinkedHashMap<>();
      brood.put(first.architecture(), first.explanation().reason());
      for (int bred = 1; bred < BROOD; bred++) {
        Observation parent = tournament(random);
        Architecture child = space.mutate(parent.architecture(), random);
        if (candidates.isNew(child)) {
          brood.putIfAbsent(child, mutationOf(parent));
        }
      }
      return Screen.best(surrogate, List.copyOf(brood.keySet()), brood::get);
    }

    /**
     * The next new child; those known already enter the population on the way. Empty in the
     * beginning, and where none is found.
     */
    private Optional<Suggestion> breed(RandomGenerator random) {
      if (!mutable
          || population.isEmpty()
          || population.size() + candidates.pending() < settings.population()) {
        return Optional.empty();
      }
      for (int bred = 0; bred < CHILDREN; bred++) {
        Observation parent = tournament(random);
        Architecture child = space.mutate(parent.architecture(), random);
        if (candidates.isNew(child)) {
          return Optional.of(new Suggestion(child, Explanation.of(mutationOf(parent))));
        }
        candidates
            .observation(child)
            .ifPresent(
                known -> enter(new Observation(known.number(), child, known.id(), known.score())));
      }
      return Optional.empty();
    }

    private static String mutationOf(Observation parent) {
      return "mutation of " + parent.number();
    }

    private Observation tournament(RandomGenerator random) {
      List<Observation> rivals = new ArrayList<>(population);
      Observation best = rivals.remove(random.nextInt(rivals.size()));
      for (int drawn = 1; drawn < settings.tournament() && !rivals.isEmpty(); drawn++) {
        Observation rival = rivals.remove(random.nextInt(rivals.size()));
        if (rival.score().getAsDouble() > best.score().getAsDouble()) {
          best = rival;
        }
      }
      return best;
    }

    private void enter(Observation member) {
      if (member.score().isEmpty()) {
        return;
      }
      population.add(member);
      if (population.size() > settings.population()) {
        population.remove(0);
      }
    }
  }
}
