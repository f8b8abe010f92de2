package org.xfernas.jobs.cluster;

import java.io.Serializable;
import java.time.Duration;

/**
 * What all trials of a search have in common.
 *
 * @param trainer class name of the {@link org.xfernas.jobs.worker.TrialTrainer}
 * @param settings of the trainer, in its own text form
 * @param deadline how long a trial may train
 * @param worker what its worker may take
 */
record TrialSpec(String trainer, String settings, Duration deadline, WorkerSettings worker)
    implements Serializable {}
