package org.xfernas.models.network;

import org.xfernas.models.layer.CellTraining;
import org.xfernas.models.layer.CosineSchedule;
import org.xfernas.models.layer.Momentum;

/**
 * Stochastic gradient descent with momentum and half a cosine of learning rates.
 *
 * @param learningRate rate of the first iteration
 * @param finalLearningRate rate after the last iteration
 * @param iterations updates from one to the other
 * @param momentum share of the velocity that stays
 * @param weightDecay coefficient of the parameters that is added to their gradient
 * @param gradientClip largest norm of the whole gradient; 0 for no limit
 */
public record Optimization(
    double learningRate,
    double finalLearningRate,
    long iterations,
    double momentum,
    double weightDecay,
    double gradientClip) {

  public Optimization {
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "iterations must be at least 1 (iterations=%d)".formatted(iterations));
    }
  }

  CellTraining training() {
    CosineSchedule rates = new CosineSchedule(learningRate, finalLearningRate, iterations);
    return new CellTraining(new Momentum(momentum, rates), weightDecay, gradientClip);
  }
}
