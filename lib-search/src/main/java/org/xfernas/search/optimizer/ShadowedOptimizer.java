package org.xfernas.search.optimizer;

import java.util.ArrayList;
import java.util.List;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TrialHistory;

/**
 * An optimizer with sources that says with each suggestion what the same optimizer would have
 * proposed without them, knowing the same trials: its shadow. It costs the time of both, and no
 * evaluation.
 */
public final class ShadowedOptimizer implements Optimizer {
  private final Optimizer optimizer;
  private final Optimizer shadow;

  /**
   * An optimizer with its shadow.
   *
   * @param optimizer proposes
   * @param shadow the same without sources; only says what it would have proposed
   */
  public ShadowedOptimizer(Optimizer optimizer, Optimizer shadow) {
    this.optimizer = optimizer;
    this.shadow = shadow;
  }

  @Override
  public String name() {
    return optimizer.name();
  }

  @Override
  public List<Suggestion> suggest(TrialHistory completed, List<Proposal> pending, int count) {
    List<Suggestion> suggestions = new ArrayList<>(optimizer.suggest(completed, pending, count));
    List<Suggestion> shadows = shadow.suggest(completed, pending, count);
    for (int i = 0; i < Math.min(suggestions.size(), shadows.size()); i++) {
      Suggestion suggestion = suggestions.get(i);
      suggestions.set(
          i,
          new Suggestion(
              suggestion.architecture(),
              suggestion.explanation().withShadow(shadows.get(i).architecture())));
    }
    return List.copyOf(suggestions);
  }
}
