package org.xfernas.jobs.cluster;

import java.time.Duration;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.models.training.TrainingProtocol;
import org.xfernas.search.trial.Fidelity;

/**
 * The section {@code xfernas.trial}; reference.conf says what each setting means.
 *
 * @param training where a candidate is trained
 * @param deadline how long that may take
 * @param averagingFrequency steps between two averagings of parameters
 * @param fidelity how much it is trained
 * @param protocol how it is trained
 */
public record TrialSettings(
    Training training,
    Duration deadline,
    int averagingFrequency,
    Fidelity fidelity,
    TrainingProtocol protocol)
    implements Checked {

  /** Where a candidate is trained. */
  public enum Training {
    /** In a worker process of one task. */
    WORKER,
    /** In several executors, which average their parameters. */
    PARAMETER_AVERAGING
  }

  /** The same with another fidelity. */
  public TrialSettings with(Fidelity other) {
    return new TrialSettings(training, deadline, averagingFrequency, other, protocol);
  }

  @Override
  public void check(Problems problems) {
    problems.require(
        deadline.toMillis() > 0, "deadline", "leaves no time to train; set it to more than 0");
    problems.require(
        averagingFrequency > 0, "averaging-frequency", "must be a number of steps, 1 or more");
  }
}
