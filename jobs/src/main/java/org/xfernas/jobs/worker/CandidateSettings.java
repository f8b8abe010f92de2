package org.xfernas.jobs.worker;

import org.xfernas.models.dataset.DataSettings;
import org.xfernas.models.network.NetworkSettings;
import org.xfernas.models.training.TrainingProtocol;
import org.xfernas.search.Seed;
import org.xfernas.search.trial.Fidelity;

/**
 * What the training of all candidates of a search has in common; the settings of {@link
 * CandidateTrialTrainer}, as JSON.
 *
 * @param data the images
 * @param split seed of their split
 * @param network how many cells and how wide
 * @param protocol how a candidate is trained
 * @param fidelity how much
 */
public record CandidateSettings(
    DataSettings data,
    Seed split,
    NetworkSettings network,
    TrainingProtocol protocol,
    Fidelity fidelity) {}
