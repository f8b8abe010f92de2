package org.xfernas.search.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.DecodingSurrogate;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;

/**
 * Neural architecture optimization (Luo et al. 2018; section 3 of the method), one proposal at a
 * time: from each of the best architectures known a gradient step is made on the encoder's outputs,
 * of growing length until enough new architectures are decoded. These, and the candidates of a
 * {@link CandidatePool}, compete by expected improvement, as in {@link BayesianOptimization}; an
 * enumerable space is a pool that has all that can be decoded.
 *
 * <p>Its transfer is that of its surrogate: with sources, what they expect most of comes first;
 * without, the first proposals are random draws.
 */
public final class Nao implements Optimizer {
  /** Architectures that a step is made from. */
  private static final int STARTS = 100;

  private static final int ENOUGH = 300;
  private static final double[] STEP_LENGTHS = {0.3, 1, 2, 3, 5, 10};

  private final BayesianOptimization search;

  /**
   * A search.
   *
   * @param space to search in
   * @param trainer of a {@link DecodingSurrogate}; of any other, nothing is decoded
   * @param knowledge of the source tasks
   * @param deduplication which candidates count as known
   * @param seed of everything random
   */
  public Nao(
      SearchSpace space,
      SurrogateTrainer trainer,
      SourceKnowledge knowledge,
      Deduplication deduplication,
      Seed seed) {
    this.search =
        new BayesianOptimization(
            "nao",
            space,
            trainer,
            knowledge,
            BayesianOptimization.Settings.DEFAULT,
            Nao::decoded,
            deduplication,
            seed);
  }

  /** Architectures up the slope from the best known ones. */
  private static List<Architecture> decoded(Surrogate surrogate, List<Architecture> promising) {
    List<Architecture> decoded = new ArrayList<>();
    if (surrogate instanceof DecodingSurrogate decoder && !promising.isEmpty()) {
      List<Architecture> starts = promising.subList(0, Math.min(STARTS, promising.size()));
      for (int step = 0; step < STEP_LENGTHS.length && decoded.size() < ENOUGH; step++) {
        decoder.ascended(starts, STEP_LENGTHS[step]).stream()
            .filter(one -> !promising.contains(one) && !decoded.contains(one))
            .forEach(decoded::add);
      }
    }
    return decoded;
  }

  @Override
  public String name() {
    return search.name();
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    return search.suggest(completed, pending, count);
  }
}
