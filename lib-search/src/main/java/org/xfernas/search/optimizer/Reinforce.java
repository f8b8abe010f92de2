package org.xfernas.search.optimizer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.policy.Policy;
import org.xfernas.search.transfer.policy.PolicyTrainer;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * REINFORCE (Zoph and Le, "Neural Architecture Search with Reinforcement Learning", ICLR 2017):
 * candidates are drawn from a policy that makes the decisions of an architecture one after the
 * other, and that is trained by their scores. A draw that is known already is drawn again, a few
 * times; then a new architecture with the fewest changes from it takes its place.
 *
 * <p>Before the first result a policy without sources is uniform, and its draws are those of random
 * search. With sources the second candidate is a uniform draw, from which the policy's guard learns
 * whether the sources mislead.
 */
public final class Reinforce implements Optimizer {
  /** Draws of known architectures before a new one nearby takes their place. */
  private static final int DRAWS = 20;

  /** Proposals before the uniform draw of a search with sources. */
  private static final int PROBE = 1;

  private final SearchSpace space;
  private final PolicyTrainer trainer;
  private final SourceKnowledge knowledge;
  private final Deduplication deduplication;
  private final Seed seed;

  /**
   * A search by policy gradient.
   *
   * @param space to draw from
   * @param trainer of the policy
   * @param knowledge of the source tasks
   * @param deduplication which candidates count as known
   * @param seed of the policy and of the draws
   */
  public Reinforce(
      SearchSpace space,
      PolicyTrainer trainer,
      SourceKnowledge knowledge,
      Deduplication deduplication,
      Seed seed) {
    this.space = space;
    this.trainer = trainer;
    this.knowledge = knowledge;
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
    Policy policy = trainer.fit(knowledge, completed, seed.child("policy"));
    boolean uniform = knowledge.isEmpty() && completed.successes().findAny().isEmpty();
    boolean more = true;
    while (more && candidates.suggested() < count) {
      boolean probe = !knowledge.isEmpty() && candidates.made() == PROBE;
      more =
          (!uniform && !probe && suggestFromPolicy(policy, candidates))
              || candidates.suggestDraw("uniform draw");
    }
    return candidates.suggestions();
  }

  private boolean suggestFromPolicy(Policy policy, Candidates candidates) {
    RandomGenerator random = seed.child("policy draw", candidates.made()).generator();
    Explanation why =
        new Explanation(
            "drawn from the policy", Optional.empty(), policy.shares(), Optional.empty());
    Optional<Architecture> draw = candidates.firstNew(() -> policy.sample(random), DRAWS);
    draw.ifPresent(architecture -> candidates.suggest(new Suggestion(architecture, why)));
    return draw.isPresent();
  }
}
