package org.xfernas.search.optimizer;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.transfer.policy.Policy;
import org.xfernas.search.transfer.policy.PolicyTrainer;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TrialHistory;

/**
 * REINFORCE (Zoph and Le, "Neural Architecture Search with Reinforcement Learning", ICLR 2017):
 * candidates are drawn from a policy that makes the decisions of an architecture one after the
 * other, and that is trained by their scores. A draw that is known already is drawn again, a few
 * times; then a new architecture with the fewest changes from it takes its place. Before the first
 * result a policy without sources is uniform, and its draws are those of random search.
 *
 * <p>With a {@link Screen}, the policy leans on the sources as far as the screen's surrogate
 * follows them, and the best of many draws is evaluated, so that sources which mislead are found
 * out as by every other search; the second candidate is a uniform draw, from which the surrogate
 * learns most about that.
 */
public final class Reinforce implements Optimizer {
  /** Draws of known architectures before something else takes their place. */
  private static final int DRAWS = 20;

  /** New draws that a screen chooses from, at most. */
  private static final int SCREENED = 50;

  /** Proposals before the uniform draw of a search with a screen. */
  private static final int PROBE = 1;

  private static final String UNIFORM = "uniform draw";

  private static final String DRAWN = "drawn from the policy";

  private final SearchSpace space;
  private final PolicyTrainer trainer;
  private final Screen screen;
  private final Deduplication deduplication;
  private final Seed seed;

  /**
   * A search by policy gradient.
   *
   * @param space to draw from
   * @param trainer of the policy
   * @param screen has the sources, and chooses among draws; {@link Screen#NONE} for the unmodified
   *     search
   * @param deduplication which candidates count as known
   * @param seed of the policy and of the draws
   */
  public Reinforce(
      SearchSpace space,
      PolicyTrainer trainer,
      Screen screen,
      Deduplication deduplication,
      Seed seed) {
    this.space = space;
    this.trainer = trainer;
    this.screen = screen;
    this.deduplication = deduplication;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "reinforce";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Candidates candidates = new Candidates(space, deduplication, seed, completed, pending);
    Optional<Surrogate> surrogate = screen.fit(completed);
    double trust = surrogate.flatMap(Surrogate::shares).map(TransferShares::trust).orElse(0.0);
    Policy policy = trainer.fit(screen.knowledge(), trust, completed, seed.child("policy"));
    boolean uniform = surrogate.isEmpty() && completed.successes().findAny().isEmpty();
    boolean more = true;
    while (more && candidates.suggested() < count) {
      boolean probe = surrogate.isPresent() && candidates.made() == PROBE;
      more =
          (!uniform && !probe && suggestFromPolicy(policy, surrogate, candidates))
              || candidates.suggestDraw(UNIFORM, surrogate);
    }
    return candidates.suggestions();
  }

  private boolean suggestFromPolicy(
      Policy policy, Optional<Surrogate> surrogate, Candidates candidates) {
    RandomGenerator random = seed.child("policy draw", candidates.made()).generator();
    Optional<Architecture> first = candidates.firstNew(() -> policy.sample(random), DRAWS);
    if (first.isPresent() && surrogate.isPresent()) {
      List<Architecture> draws = newDraws(first.get(), () -> policy.sample(random), candidates);
      candidates.suggest(Screen.best(surrogate.get(), draws, one -> DRAWN));
    } else {
      first.ifPresent(draw -> candidates.suggest(new Suggestion(draw, Explanation.of(DRAWN))));
    }
    return first.isPresent();
  }

  private static List<Architecture> newDraws(
      Architecture first, Supplier<Architecture> draws, Candidates candidates) {
    Set<Architecture> found = new LinkedHashSet<>(Set.of(first));
    for (int inVain = 0; found.size() < SCREENED && inVain < DRAWS; ) {
      Architecture draw = draws.get();
      inVain = candidates.isNew(draw) && found.add(draw) ? 0 : inVain + 1;
    }
    return List.copyOf(found);
  }
}
