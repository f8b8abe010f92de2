package org.xfernas.jobs.worker;

import java.util.Map;
import org.xfernas.models.training.EpochListener;
import org.xfernas.models.training.TrainingReport;

/**
 * Trains candidates in a worker. Implementations have a public constructor that takes the {@link
 * java.time.InstantSource} to time them by.
 */
public interface TrialTrainer {

  /** Versions of what it computes with, by name; loads what takes long to load. */
  Map<String, String> versions();

  /**
   * Loads what all trials of these settings need, unless it is there; called before each of them.
   *
   * @throws RuntimeException where no trial of these settings can be trained here
   */
  void prepare(String settings);

  /**
   * Trains one candidate.
   *
   * @param request the candidate
   * @param epochs hears of every epoch as it ends
   * @return its report, with a failure where the training itself failed
   * @throws IllegalArgumentException where the candidate cannot be built
   * @throws OutOfMemoryError where the candidate needs more memory than the worker may take
   */
  TrainingReport train(TrialRequest request, EpochListener epochs);
}
