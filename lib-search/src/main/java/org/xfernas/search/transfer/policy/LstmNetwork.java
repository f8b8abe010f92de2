package org.xfernas.search.transfer.policy;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The controller of NASNet (Zoph, Vasudevan, Shlens and Le, CVPR 2018): an LSTM that reads the
 * choice made last and gives the logits of the next decision, from an output layer of its own, over
 * the valid tokens alone. Output layers start at zero, so that all choices are equally likely.
 *
 * <p>All parameters are in one array, in the order: inputs (a row of 4 H for the start, and for
 * each choice of each position), recurrent weights (H rows of 4 H), biases (4 H), and for each
 * position the output rows (H weights and a bias for each choice). Gates are in the order input,
 * forget, output, candidate.
 */
final class LstmNetwork {
  private static final int GATES = 4;
  private static final double INITIAL_RANGE = 0.1;

  private final int hidden;
  private final int gates;
  private final int[] choices;
  private final int[] inputs;
  private final int recurrent;
  private final int biases;
  private final int[] outputs;
  private final int size;

  /**
   * A network.
   *
   * @param decisions that it makes
   * @param hidden units of the LSTM, H
   */
  LstmNetwork(Decisions decisions, int hidden) {
    this.hidden = hidden;
    this.gates = GATES * hidden;
    int length = decisions.length();
    this.choices = new int[length];
    this.inputs = new int[length];
    this.outputs = new int[length];
    int next = gates;
    for (int position = 0; position < length; position++) {
      choices[position] = decisions.choices(position);
      inputs[position] = next;
      next += choices[position] * gates;
    }
    this.recurrent = next;
    this.biases = recurrent + hidden * gates;
    next = biases + gates;
    for (int position = 0; position < length; position++) {
      outputs[position] = next;
      next += choices[position] * (hidden + 1);
    }
    this.size = next;
  }

  /** Parameters before any training. */
  double[] initial(RandomGenerator random) {
    double[] parameters = new double[size];
    for (int i = 0; i < biases; i++) {
      parameters[i] = INITIAL_RANGE * (2 * random.nextDouble() - 1);
    }
    Arrays.fill(parameters, biases + hidden, biases + 2 * hidden, 1);
    return parameters;
  }

  /** A new pass over one architecture's decisions. */
  Pass pass(double[] parameters) {
    return new Pass(parameters);
  }

  /** The states of one pass, one row per decision, for the gradient. */
  final class Pass {
    private final double[] parameters;
    private final int[] rows = new int[choices.length];
    private final double[][] gate = new double[choices.length][gates];
    private final double[][] cell = new double[choices.length + 1][hidden];
    private final double[][] output = new double[choices.length + 1][hidden];
    private int made;

    private Pass(double[] parameters) {
      this.parameters = parameters;
    }

    /**
     * Logits of the next decision.
     *
     * @param last what was chosen at the decision before; not looked at before the first
     */
    double[] next(int last) {
      int position = made++;
      rows[position] = position == 0 ? 0 : inputs[position - 1] + last * gates;
      double[] z = gate[position];
      for (int k = 0; k < gates; k++) {
        z[k] = parameters[rows[position] + k] + parameters[biases + k];
      }
      double[] before = output[position];
      for (int j = 0; j < hidden; j++) {
        addRow(z, before[j], parameters, recurrent + j * gates);
      }
      for (int j = 0; j < hidden; j++) {
        double in = z[j] = sigmoid(z[j]);
        double forget = z[hidden + j] = sigmoid(z[hidden + j]);
        double out = z[2 * hidden + j] = sigmoid(z[2 * hidden + j]);
        double candidate = z[3 * hidden + j] = StrictMath.tanh(z[3 * hidden + j]);
        cell[made][j] = forget * cell[position][j] + in * candidate;
        output[made][j] = out * StrictMath.tanh(cell[made][j]);
      }
      double[] logits = new double[choices[position]];
      for (int choice = 0; choice < logits.length; choice++) {
        int row = outputs[position] + choice * (hidden + 1);
        logits[choice] = parameters[row + hidden] + dot(output[made], parameters, row);
      }
      return logits;
    }

    /**
     * Adds the gradient of the parameters.
     *
     * @param byLogits gradient of the logits, a row per decision
     * @param gradient of the parameters
     */
    void backward(double[][] byLogits, double[] gradient) {
      double[] byOutput = new double[hidden];
      double[] byCell = new double[hidden];
      double[] byGates = new double[gates];
      for (int position = choices.length - 1; position >= 0; position--) {
        double[] h = output[position + 1];
        for (int choice = 0; choice < choices[position]; choice++) {
          double by = byLogits[position][choice];
          int row = outputs[position] + choice * (hidden + 1);
          for (int j = 0; j < hidden; j++) {
            byOutput[j] += by * parameters[row + j];
            gradient[row + j] += by * h[j];
          }
          gradient[row + hidden] += by;
        }
        double[] z = gate[position];
        for (int j = 0; j < hidden; j++) {
          double in = z[j];
          double forget = z[hidden + j];
          double out = z[2 * hidden + j];
          double candidate = z[3 * hidden + j];
          double tanh = StrictMath.tanh(cell[position + 1][j]);
          double by = byCell[j] + byOutput[j] * out * (1 - tanh * tanh);
          byGates[j] = by * candidate * in * (1 - in);
          byGates[hidden + j] = by * cell[position][j] * forget * (1 - forget);
          byGates[2 * hidden + j] = byOutput[j] * tanh * out * (1 - out);
          byGates[3 * hidden + j] = by * in * (1 - candidate * candidate);
          byCell[j] = by * forget;
        }
        addToRow(gradient, rows[position], 1, byGates);
        addToRow(gradient, biases, 1, byGates);
        for (int j = 0; j < hidden; j++) {
          int row = recurrent + j * gates;
          byOutput[j] = dot(byGates, parameters, row);
          addToRow(gradient, row, output[position][j], byGates);
        }
      }
    }
  }

  private static void addRow(double[] sum, double factor, double[] values, int from) {
    for (int k = 0; k < sum.length; k++) {
      sum[k] += factor * values[from + k];
    }
  }

  private static void addToRow(double[] sum, int to, double factor, double[] values) {
    for (int k = 0; k < values.length; k++) {
      sum[to + k] += factor * values[k];
    }
  }

  private static double dot(double[] left, double[] right, int from) {
    double even = 0;
    double odd = 0;
    int k = 0;
    for (; k + 1 < left.length; k += 2) {
      even += left[k] * right[from + k];
      odd += left[k + 1] * right[from + k + 1];
    }
    return even + odd + (k < left.length ? left[k] * right[from + k] : 0);
  }

  private static double sigmoid(double x) {
    return 1 / (1 + StrictMath.exp(-x));
  }
}
