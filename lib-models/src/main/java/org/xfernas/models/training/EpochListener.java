package org.xfernas.models.training;

import org.xfernas.search.trial.TrialResult.Epoch;

/** Hears of every epoch of a training as soon as it is complete. */
@FunctionalInterface
public interface EpochListener {

  /** Hears nothing. */
  EpochListener NONE = epoch -> {};

  /**
   * An epoch is complete. An exception ends the training and reaches the caller of {@link
   * CandidateTrainer#train}.
   */
  void completed(Epoch epoch);
}
