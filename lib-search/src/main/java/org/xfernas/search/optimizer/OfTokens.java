package org.xfernas.search.optimizer;

import java.util.List;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TrialHistory;

/**
 * An optimizer that reads architectures as tokens, spared those that have none: results of others
 * may have cells that the space can parse and evaluate, but not encode.
 *
 * @param optimizer who proposes
 * @param space that encodes
 */
record OfTokens(Optimizer optimizer, SearchSpace space) implements Optimizer {

  @Override
  public String name() {
    return optimizer.name();
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    return optimizer.suggest(completed.encodable(space), pending, count);
  }
}
