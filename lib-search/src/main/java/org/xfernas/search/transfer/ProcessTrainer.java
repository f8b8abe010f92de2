package org.xfernas.search.transfer;

import java.util.Arrays;
import java.util.List;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * The process form of transfer: f = a + b u + r (section 2 of the method: f_d = f_u + r_d), with u
 * a Gaussian process over all source tasks ({@link SourceProcesses}) and r one over the target's
 * own results. How the target follows the sources is not known, so that several {@link Link}s
 * compete: to the universal process, to each task's own, to a mixture, to the reverse of the
 * universal one, and to none. Their predictions, and those under several hyperparameters of each,
 * are averaged by their posterior probabilities (R). What the sources leave open of what a link
 * expects ({@link SourceCovariance}) is a part of the target's prior covariance, so that the target
 * corrects the sources where these have not looked.
 *
 * <p>Without sources only the link to none is there: a plain Gaussian process. With sources it
 * competes with the others, which is the guard against sources that mislead.
 *
 * <p>The scores of sources are replaced by their normal scores; those of the target, with sources,
 * by the likeliest of several {@link StandardScores#scales scales}, since a few results say little
 * of their rank among all, and without sources by their normal scores. Failed trials are left out.
 * Of more than {@value #MOST_LEARNT} results the best half and an even half of the rest are learnt
 * from. Predictions are on the scale of the scores by a linear map; before the first result they
 * are normal scores.
 */
public final class ProcessTrainer implements SurrogateTrainer {
  private static final int MOST_LEARNT = 300;
  private static final int REFERENCES = 200;

  private final SearchSpace space;
  private final CellFeatures features;
  private final KnowledgeCache cache;
  private final List<Architecture> references;

  /** No process at all. */
  private final SourceProcesses alone;

  /** The processes that were used last. */
  private SourceKnowledge knowledge = SourceKnowledge.EMPTY;

  private SourceProcesses sources;

  private final CovarianceRows rows = new CovarianceRows();

  /**
   * A trainer.
   *
   * @param space of the architectures
   * @param cache of what is learnt from sources
   */
  public ProcessTrainer(SearchSpace space, KnowledgeCache cache) {
    this.space = space;
    this.features = cache.features(space);
    this.cache = cache;
    this.references = features.references(REFERENCES);
    this.alone = SourceProcesses.of(features, SourceKnowledge.EMPTY);
    this.sources = alone;
  }

  @Override
  public Surrogate fit(SourceKnowledge from, TrialHistory history, Seed seed) {
    if (!from.equals(knowledge)) {
      sources =
          cache.get(
              List.of(space, from),
              SourceProcesses.class,
              () -> SourceProcesses.of(features, from));
      knowledge = from;
    }
    return fit(sources, from.tasks(), history);
  }

  /** A plain process. */
  TransferredProcess fitAlone(TrialHistory history) {
    return fit(alone, List.of(), history);
  }

  private TransferredProcess fit(
      SourceProcesses followed, List<SourceTask> known, TrialHistory history) {
    List<Observation> successes =
        history.observations().stream()
            .filter(one -> Double.isFinite(one.score().orElse(Double.NaN)))
            .toList();
    double[] results = successes.stream().mapToDouble(one -> one.score().getAsDouble()).toArray();
    List<StandardScores> scales =
        followed.tasks().isEmpty()
            ? List.of(StandardScores.of(results))
            : StandardScores.scales(results);
    int[] learnt = Subsample.indices(scales.get(0).values(), MOST_LEARNT);
    return new TransferredProcess(
        followed,
        Arrays.stream(learnt).mapToObj(index -> successes.get(index).architecture()).toList(),
        scales.stream().map(scores -> scores.only(learnt)).toList(),
        rows,
        references,
        known);
  }
}
