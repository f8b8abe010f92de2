package org.xfernas.jobs.table;

import java.util.List;
import java.util.Optional;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Objective;

/**
 * Under what a trial was evaluated: the same for all trials of a search. Results of one unit are on
 * one scale; those of different units are different source tasks.
 *
 * @param task name of the task
 * @param fingerprint of the data set and its split; empty where candidates are looked up
 * @param space declaration of the space, as JSON
 * @param fidelity empty where nothing is trained
 * @param protocol of the training, as JSON; empty where nothing is trained
 * @param objective the guiding metric
 */
public record KnowledgeUnit(
    String task,
    Optional<String> fingerprint,
    String space,
    Optional<Fidelity> fidelity,
    Optional<String> protocol,
    Objective objective) {

  /** Equal for the same unit: the same data set is the same task, whatever it is called. */
  public Object key() {
    return List.of(fingerprint.orElse(task), space, fidelity, protocol, objective);
  }
}
