package org.xfernas.models.layer;

import java.io.Serializable;

/**
 * How the parameters of a graph's cells are trained.
 *
 * @param updater momentum with its schedule of learning rates
 * @param weightDecay coefficient of the parameters that is added to their gradient
 * @param gradientClip largest norm of the graph's gradient; 0 for no limit
 */
public record CellTraining(Momentum updater, double weightDecay, double gradientClip)
    implements Serializable {}
