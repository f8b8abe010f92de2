package org.xfernas.search.surrogate;

import java.util.random.RandomGenerator;

/**
 * A multi-layer perceptron with one hidden layer of hyperbolic tangents and one output, over sparse
 * inputs.
 *
 * <p>All parameters are in one array: a row of hidden weights for each input, the hidden biases,
 * the output weights, the output bias.
 */
final class Mlp {
  private final int hidden;
  private final int biases;
  private final int outputs;
  private final double[] parameters;
  private final double[] gradient;

  Mlp(int inputs, int hidden, RandomGenerator random) {
    this.hidden = hidden;
    this.biases = inputs * hidden;
    this.outputs = biases + hidden;
    this.parameters = new double[outputs + hidden + 1];
    this.gradient = new double[parameters.length];
    for (int i = 0; i < biases; i++) {
      parameters[i] = 0.5 * random.nextGaussian();
    }
    for (int i = outputs; i < outputs + hidden; i++) {
      parameters[i] = random.nextGaussian() / Math.sqrt(hidden);
    }
  }

  /**
   * One of the inputs.
   *
   * @param indices of those that are not zero
   * @param values of these
   */
  record Input(int[] indices, double[] values) {}

  private double[] hiddenOutputs(Input input) {
    double[] sums = new double[hidden];
    System.arraycopy(parameters, biases, sums, 0, hidden);
    for (int at = 0; at < input.indices().length; at++) {
      int row = input.indices()[at] * hidden;
      for (int unit = 0; unit < hidden; unit++) {
        sums[unit] += input.values()[at] * parameters[row + unit];
      }
    }
    for (int unit = 0; unit < hidden; unit++) {
      sums[unit] = StrictMath.tanh(sums[unit]);
    }
    return sums;
  }

  private double output(double[] hiddenOutputs) {
    double sum = parameters[outputs + hidden];
    for (int unit = 0; unit < hidden; unit++) {
      sum += hiddenOutputs[unit] * parameters[outputs + unit];
    }
    return sum;
  }

  /** The output for an input. */
  double output(Input input) {
    return output(hiddenOutputs(input));
  }

  /** Adds, to the gradient to ascend, that of minus half the squared error for an input. */
  void learn(Input input, double target) {
    double[] activations = hiddenOutputs(input);
    double error = target - output(activations);
    gradient[outputs + hidden] += error;
    double[] bySum = new double[hidden];
    for (int unit = 0; unit < hidden; unit++) {
      gradient[outputs + unit] += error * activations[unit];
      bySum[unit] =
          error * parameters[outputs + unit] * (1 - activations[unit] * activations[unit]);
      gradient[biases + unit] += bySum[unit];
    }
    for (int at = 0; at < input.indices().length; at++) {
      int row = input.indices()[at] * hidden;
      for (int unit = 0; unit < hidden; unit++) {
        gradient[row + unit] += input.values()[at] * bySum[unit];
      }
    }
  }

  /** Takes a step with what was learnt since the last one, and decays the weights. */
  void step(Adam adam, double decay) {
    for (int i = 0; i < parameters.length; i++) {
      gradient[i] -= decay * parameters[i];
    }
    adam.ascend(parameters, gradient);
  }

  /** Number of parameters. */
  int size() {
    return parameters.length;
  }
}
