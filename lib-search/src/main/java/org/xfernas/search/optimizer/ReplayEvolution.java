package org.xfernas.search.optimizer;

import java.util.List;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * Replay, then evolution: the first ones of {@link MeanRank}'s order are the initial population of
 * a {@link RegularizedEvolution}. Without sources it is that evolution.
 */
public final class ReplayEvolution implements Optimizer {
  private final RegularizedEvolution evolution;

  /**
   * A replay that evolves.
   *
   * @param space to evolve in
   * @param knowledge what to replay
   * @param settings of the evolution; as many are replayed as its population has members
   * @param deduplication which candidates count as known
   * @param seed of the evolution
   */
  public ReplayEvolution(
      SearchSpace space,
      SourceKnowledge knowledge,
      RegularizedEvolution.Settings settings,
      Deduplication deduplication,
      Seed seed) {
    List<Architecture> order = MeanRank.order(knowledge, deduplication);
    List<Architecture> founders = order.subList(0, Math.min(settings.population(), order.size()));
    this.evolution =
        new RegularizedEvolution(space, Screen.NONE, settings, founders, deduplication, seed);
  }

  @Override
  public String name() {
    return "replay-evolution";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    return evolution.suggest(completed, pending, count);
  }
}
