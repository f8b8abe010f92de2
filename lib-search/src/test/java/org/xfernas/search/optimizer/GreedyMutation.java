package org.xfernas.search.optimizer;

import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/** The documentation's example: every candidate is a mutation of the best so far. */
public final class GreedyMutation implements Optimizer {
  private static final int MUTATIONS = 100;

  private final SearchSpace space;
  private final Deduplication deduplication;
  private final Seed seed;

  /** An optimizer of one search. */
  public GreedyMutation(SearchSpace space, Deduplication deduplication, Seed seed) {
    this.space = space;
    this.deduplication = deduplication;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "greedy-mutation";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Candidates candidates = new Candidates(space, deduplication, seed, completed, pending);
    Optional<Observation> best = completed.successes().findFirst();
    boolean more = true;
    while (more && candidates.suggested() < count) {
      more =
          best.isPresent()
              ? suggestMutation(best.get(), candidates)
              : candidates.suggestDraw("random draw");
    }
    return candidates.suggestions();
  }

  private boolean suggestMutation(Observation best, Candidates candidates) {
    RandomGenerator random = seed.child("mutation", candidates.made()).generator();
    Optional<Architecture> child =
        candidates.firstNew(() -> space.mutate(best.architecture(), random), MUTATIONS);
    child.ifPresent(
        architecture ->
            candidates.suggest(
                new Suggestion(architecture, Explanation.of("mutation of " + best.number()))));
    return child.isPresent();
  }
}
