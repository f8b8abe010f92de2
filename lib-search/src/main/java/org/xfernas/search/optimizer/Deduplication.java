package org.xfernas.search.optimizer;

import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.TrialHistory.Observation;

/** Which architectures are the same to an optimizer, so that evaluating one is enough. */
public enum Deduplication {
  /** Those that compute the same function: where candidates are trained. */
  ID,
  /** Those with the same text: where every text has a noise of its own. */
  TEXT,
  /** None: a finished architecture may be evaluated again; a pending one may not. */
  NONE;

  /** The same for an optimizer that would propose its best again and again: never none. */
  Deduplication remembering() {
    return this == NONE ? TEXT : this;
  }

  /** What equal architectures have in common. */
  Object key(SearchSpace space, Architecture architecture) {
    return switch (this) {
      case ID -> space.id(architecture);
      case TEXT, NONE -> architecture;
    };
  }

  /** The same, of a finished trial. */
  Object key(Observation observation) {
    return switch (this) {
      case ID -> observation.id();
      case TEXT, NONE -> observation.architecture();
    };
  }
}
