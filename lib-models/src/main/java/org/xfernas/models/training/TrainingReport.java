package org.xfernas.models.training;

import java.util.List;
import java.util.Optional;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/**
 * What came of training one candidate.
 *
 * @param failure empty where the training completed
 * @param scores validation and test accuracy in per cent; none where it failed
 * @param curve the completed epochs
 * @param size of the network; unknown where it could not be built
 * @param seconds of everything: building, training, validation and test
 * @param imagesPerSecond of the training steps alone, 0 where there was none
 */
public record TrainingReport(
    Optional<Failure> failure,
    Scores scores,
    List<Epoch> curve,
    Size size,
    double seconds,
    double imagesPerSecond) {
  public TrainingReport {
    curve = List.copyOf(curve);
  }

  /** Of a training that gave nothing but the epochs before it failed. */
  public static TrainingReport failed(Failure failure, List<Epoch> curve, double seconds) {
    return new TrainingReport(Optional.of(failure), Scores.NONE, curve, Size.UNKNOWN, seconds, 0);
  }
}
