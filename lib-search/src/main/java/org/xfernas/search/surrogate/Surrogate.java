package org.xfernas.search.surrogate;

import java.util.List;
import java.util.Optional;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.TransferShares;

/** A fitted model of the scores of a task; immutable. */
public interface Surrogate {

  /** Predictions in the order of the architectures, on the scale of the target's scores. */
  List<Prediction> predict(List<Architecture> architectures);

  /** How much of the predictions comes from which source; empty where it was fitted without. */
  Optional<TransferShares> shares();

  /**
   * How much the tasks that it learnt from have in common: the expected correlation between any two
   * of them, in [0, 1]; 1 where nothing shows that they differ.
   */
  default double sourceAgreement() {
    return 1;
  }
}
