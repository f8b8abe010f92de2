package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.stream.Stream;
import org.xfernas.search.trial.Objective;

/**
 * A task of a sweep, with the columns of the table that it is made of.
 *
 * @param name of the task
 * @param metric guides a search on it
 * @param sourceMetric what it gives as a source
 * @param testMetric is reported, and never shown to an optimizer
 * @param minimize whether lower metrics are better
 */
record SweepTask(
    String name, String metric, String sourceMetric, String testMetric, boolean minimize)
    implements Serializable {

  /** What guides a search on it. */
  Objective objective() {
    return new Objective(metric, minimize);
  }

  /** What guided the searches on it that others learn from. */
  Objective sourceObjective() {
    return new Objective(sourceMetric, minimize);
  }

  Stream<String> columns() {
    return Stream.of(metric, sourceMetric, testMetric);
  }
}
