package org.xfernas.jobs.worker;

import java.util.List;
import java.util.Optional;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/**
 * What came of a training.
 *
 * @param failure empty where it completed
 * @param scores at its end
 * @param curve the epochs that were completed
 * @param size of the network
 * @param seconds of the training
 * @param imagesPerSecond trained, 0 where it failed
 */
public record TrialReport(
    Optional<Failure> failure,
    Scores scores,
    List<Epoch> curve,
    Size size,
    double seconds,
    double imagesPerSecond) {
  public TrialReport {
    curve = List.copyOf(curve);
  }

  /** Of a trial that gave nothing but the epochs before it failed. */
  public static TrialReport failed(Failure failure, List<Epoch> curve, double seconds) {
    return new TrialReport(Optional.of(failure), Scores.NONE, curve, Size.UNKNOWN, seconds, 0);
  }
}
