package org.xfernas.models.training;

import org.xfernas.models.network.NetworkSettings;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Fidelity;

/**
 * One candidate to be trained.
 *
 * @param architecture of its cells
 * @param network how many cells and how wide
 * @param protocol how it is trained
 * @param fidelity how much
 * @param seed of weights, order and augmentation
 */
public record TrainingRequest(
    Architecture architecture,
    NetworkSettings network,
    TrainingProtocol protocol,
    Fidelity fidelity,
    long seed) {}
