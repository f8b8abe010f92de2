package org.xfernas.search.surrogate.nao;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Updates of parameters by batches: gradient, clipping of its norm, Adam with L2 (Kingma and Ba
 * 2015). A batch is cut into parts of a fixed size whose gradients are added in order, so that the
 * result does not depend on the number of threads that share the parts.
 */
final class NaoUpdates {
  /** Rows of a part: their numbers stay in the cache, their products fill the registers. */
  static final int PART = 25;

  private static final double CLIP = 5;
  private static final float MEAN = 0.9f;
  private static final float SQUARE = 0.999f;

  private final NaoWeights weights;
  private final float weightDecay;
  private final float residualDecay;
  private final float[] means;
  private final float[] squares;
  private final List<Part> parts = new ArrayList<>();
  private int updates;

  /** Work space and gradient of a part of a batch. */
  private static final class Part {
    final NaoPass pass;
    final NaoParameters gradient;
    final InputTables tables;
    double loss;

    Part(NaoShape shape) {
      pass = new NaoPass(shape, PART);
      gradient = new NaoParameters(shape);
      tables = new InputTables(shape);
    }

    void run(NaoWeights weights, NaoBatch batch, int first) {
      Arrays.fill(gradient.values, 0);
      tables.clear();
      int count = Math.min(PART, batch.examples().size() - first);
      loss = pass.train(weights, batch, first, count, gradient, tables);
    }
  }

  /**
   * @param parameters to be changed
   * @param loss of which the decays count here
   */
  NaoUpdates(NaoParameters parameters, NaoLoss loss) {
    this.weights = new NaoWeights(parameters);
    this.weightDecay = (float) loss.weightDecay();
    this.residualDecay = (float) loss.residualDecay();
    this.means = new float[parameters.values.length];
    this.squares = new float[parameters.values.length];
  }

  /** The loss of a batch; {@link #gradient} then has its gradient. */
  double loss(NaoBatch batch) {
    int count = (batch.examples().size() + PART - 1) / PART;
    while (parts.size() < count) {
      parts.add(new Part(weights.parameters.shape));
    }
    IntStream.range(0, count)
        .parallel()
        .forEach(part -> parts.get(part).run(weights, batch, part * PART));
    Part sum = parts.get(0);
    double loss = sum.loss;
    for (Part part : parts.subList(1, count)) {
      sum.gradient.add(part.gradient);
      sum.tables.add(part.tables);
      loss += part.loss;
    }
    sum.tables.addGradients(weights.parameters, sum.gradient);
    return loss;
  }

  /** Gradient of the last batch's loss, without L2. */
  NaoParameters gradient() {
    return parts.get(0).gradient;
  }

  /** Changes the parameters by a batch; gives the loss before. */
  double update(NaoBatch batch, float learningRate) {
    double loss = loss(batch);
    float[] gradient = gradient().values;
    double norm = 0;
    for (float each : gradient) {
      norm += (double) each * each;
    }
    float factor = (float) Math.min(1, CLIP / Math.sqrt(norm + 1e-12));
    updates++;
    float rate =
        (float)
            (learningRate
                * Math.sqrt(1 - Math.pow(SQUARE, updates))
                / (1 - Math.pow(MEAN, updates)));
    int predictors = weights.parameters.predictor.get(0).at();
    int residuals = weights.parameters.residual.at();
    adam(gradient, 0, predictors, factor, weightDecay, rate);
    if (batch.examples().stream().anyMatch(NaoBatch.Example::labelled)) {
      // Without a gradient, Adam would let L2 alone shrink them by whole steps.
      adam(gradient, predictors, residuals, factor, weightDecay, rate);
      adam(gradient, residuals, gradient.length, factor, residualDecay, rate);
    }
    weights.refresh();
    return loss;
  }

  private void adam(float[] gradient, int from, int to, float factor, float decay, float rate) {
    float[] values = weights.parameters.values;
    for (int i = from; i < to; i++) {
      float g = factor * gradient[i] + decay * values[i];
      means[i] = MEAN * means[i] + (1 - MEAN) * g;
      squares[i] = SQUARE * squares[i] + (1 - SQUARE) * g * g;
      values[i] -= rate * means[i] / ((float) Math.sqrt(squares[i]) + 1e-8f);
    }
  }
}
