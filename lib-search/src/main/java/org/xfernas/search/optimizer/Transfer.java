package org.xfernas.search.optimizer;

/** How an optimizer learns from source tasks. */
public enum Transfer {
  /** The optimizer's own way. */
  DEFAULT,
  /** Not at all: the unmodified optimizer. */
  NONE,
  /**
   * By neural universal and residual parts: of the predictor in NAO, of the policy in REINFORCE.
   */
  NETWORK,
  /** By Gaussian processes. */
  PROCESS,
  /** By evaluating again what was best on the sources. */
  REPLAY
}
