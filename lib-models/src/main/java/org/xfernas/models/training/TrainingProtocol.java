package org.xfernas.models.training;

import org.xfernas.models.network.Optimization;

/**
 * How a candidate is trained: stochastic gradient descent with momentum, learning rate by one
 * cosine from the first to the last step (Luo et al. 2018, NAO's public code).
 *
 * @param batchSize images per step; the last step of an epoch takes what is left
 * @param learningRate of the first step
 * @param finalLearningRate that the cosine ends at
 * @param momentum share of the last step's direction that is kept
 * @param weightDecay coefficient of the weights' L2 penalty
 * @param gradientClip norm that gradients are scaled down to
 * @param augmentation of the training images
 */
public record TrainingProtocol(
    int batchSize,
    double learningRate,
    double finalLearningRate,
    double momentum,
    double weightDecay,
    double gradientClip,
    Augmentation augmentation) {

  /** Of candidates in a search, as NAO's public code has it. */
  public static final TrainingProtocol SEARCH =
      new TrainingProtocol(128, 0.024, 0, 0.9, 5e-4, 5, Augmentation.CROP_FLIP);

  public TrainingProtocol {
    require(batchSize >= 1, "batch-size must be at least 1", "batch-size", batchSize);
    require(learningRate > 0, "learning-rate must be above 0", "learning-rate", learningRate);
    require(
        finalLearningRate >= 0 && finalLearningRate <= learningRate,
        "final-learning-rate must be from 0 to learning-rate",
        "final-learning-rate",
        finalLearningRate);
    require(momentum >= 0 && momentum < 1, "momentum must be in [0, 1)", "momentum", momentum);
    require(weightDecay >= 0, "weight-decay must not be negative", "weight-decay", weightDecay);
    require(gradientClip > 0, "gradient-clip must be above 0", "gradient-clip", gradientClip);
  }

  /** What the optimizer of a network that is trained for so many steps is told. */
  Optimization optimization(long steps) {
    return new Optimization(
        learningRate, finalLearningRate, steps, momentum, weightDecay, gradientClip);
  }

  private static void require(boolean holds, String sentence, String key, Number value) {
    if (!holds) {
      throw new IllegalArgumentException("%s (%s=%s)".formatted(sentence, key, value));
    }
  }
}
