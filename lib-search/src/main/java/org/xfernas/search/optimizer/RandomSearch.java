package org.xfernas.search.optimizer;

import java.util.List;
import org.xfernas.search.Seed;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TrialHistory;

/** Random search: every candidate is drawn from the space, whatever the others gave. */
public final class RandomSearch implements Optimizer {
  private final SearchSpace space;
  private final Deduplication deduplication;
  private final Seed seed;

  /**
   * A random search.
   *
   * @param space to draw from
   * @param deduplication which candidates count as known
   * @param seed of the draws
   */
  public RandomSearch(SearchSpace space, Deduplication deduplication, Seed seed) {
    this.space = space;
    this.deduplication = deduplication;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "random";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Candidates candidates = new Candidates(space, deduplication, seed, completed, pending);
    for (int i = 0; i < count && candidates.suggestDraw("random draw"); i++) {}
    return candidates.suggestions();
  }
}
