package org.xfernas.search.optimizer;

import java.util.List;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * Replay: what the sources evaluated, in the order of {@link MeanRank}, then random draws. It
 * learns nothing, so that it is what every transfer has to beat. Without sources it is {@link
 * RandomSearch}.
 */
public final class Replay implements Optimizer {
  static final String REPLAYED = "replayed from the sources";

  private final SearchSpace space;
  private final List<Architecture> order;
  private final Deduplication deduplication;
  private final Seed seed;

  /**
   * A replay.
   *
   * @param space to draw from in the end
   * @param knowledge what to replay
   * @param deduplication which candidates count as known; a replayed one always does
   * @param seed of the draws
   */
  public Replay(
      SearchSpace space, SourceKnowledge knowledge, Deduplication deduplication, Seed seed) {
    this.space = space;
    this.order = MeanRank.order(knowledge, deduplication);
    this.deduplication = deduplication;
    this.seed = seed;
  }

  @Override
  public String name() {
    return "replay";
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    Candidates candidates = new Candidates(space, deduplication, seed, completed, pending);
    while (candidates.suggested() < count
        && (candidates.suggestFirst(order, REPLAYED) || candidates.suggestDraw("random draw"))) {}
    return candidates.suggestions();
  }
}
