package org.xfernas.search.surrogate.nao;

/**
 * Work space of an LSTM over a batch (Hochreiter and Schmidhuber 1997). Rows are time-major: step t
 * of row r of the batch is row t rows + r. What it reads is projected to its gates beforehand, for
 * all steps at once, and the gradient of its weights is one product over all steps afterwards; only
 * the product with the state before goes step by step.
 */
final class Lstm {
  private static final MatrixProduct PRODUCT = MatrixProduct.BEST;

  private final int hidden;
  private final float[] gateValues;
  private final float[] stateValues;
  private final float[] cellValues;
  private final float[] cellTanh;
  private final float[] stateGradients;
  private final float[] cellGradients;
  private int rows;

  /** Space for so many steps and rows. */
  Lstm(int steps, int rows, int hidden) {
    this.hidden = hidden;
    gateValues = new float[steps * rows * 4 * hidden];
    stateValues = new float[(steps + 1) * rows * hidden];
    cellValues = new float[(steps + 1) * rows * hidden];
    cellTanh = new float[steps * rows * hidden];
    stateGradients = new float[(steps + 1) * rows * hidden];
    cellGradients = new float[rows * hidden];
  }

  /** Starts a batch of so many rows with this state and cell; with zeros where it is null. */
  void start(int batch, Matrix initial) {
    rows = batch;
    for (float[] values : new float[][] {stateValues, cellValues}) {
      Matrix first = Matrix.view(values, 0, rows, hidden);
      if (initial == null) {
        java.util.Arrays.fill(values, 0, rows * hidden, 0);
      } else {
        first.set(initial);
      }
    }
  }

  /** [steps rows, 4 hidden]: to be set to the projected input; after the step, the open gates. */
  Matrix gates(int firstStep, int steps) {
    return Matrix.view(gateValues, firstStep * rows * 4 * hidden, steps * rows, 4 * hidden);
  }

  /** [steps rows, hidden]: the states that the LSTM gives at its steps. */
  Matrix outputs(int firstStep, int steps) {
    return Matrix.view(stateValues, (firstStep + 1) * rows * hidden, steps * rows, hidden);
  }

  /** [steps rows, hidden]: to be set to the gradient by each output. */
  Matrix outputGradients(int steps) {
    return Matrix.view(stateGradients, rows * hidden, steps * rows, hidden);
  }

  /** Gradient by the initial state and, equal to it, the initial cell: their sum. */
  Matrix initialGradient() {
    Matrix gradient = Matrix.view(stateGradients, 0, rows, hidden);
    Rows.add(stateGradients, 0, cellGradients, 0, rows * hidden);
    return gradient;
  }

  /** Goes some steps forward. */
  void forward(int firstStep, int steps, Matrix recurrent) {
    for (int step = firstStep; step < firstStep + steps; step++) {
      Matrix gates = gates(step, 1);
      PRODUCT.add(outputs(step - 1, 1), recurrent, gates);
      for (int row = 0; row < rows; row++) {
        Rows.sigmoid(gateValues, gates.row(row), 3 * hidden);
        Rows.tanh(gateValues, gates.row(row) + 3 * hidden, hidden);
        open(gates.row(row), (step * rows + row) * hidden);
      }
    }
  }

  private void open(int gate, int before) {
    int after = before + rows * hidden;
    for (int i = 0; i < hidden; i++) {
      cellValues[after + i] =
          gateValues[gate + hidden + i] * cellValues[before + i]
              + gateValues[gate + i] * gateValues[gate + 3 * hidden + i];
    }
    System.arraycopy(cellValues, after, cellTanh, before, hidden);
    Rows.tanh(cellTanh, before, hidden);
    for (int i = 0; i < hidden; i++) {
      stateValues[after + i] = gateValues[gate + 2 * hidden + i] * cellTanh[before + i];
    }
  }

  /**
   * Goes all steps backward; {@link #gates} then holds the gradient by the projected input.
   *
   * @param recurrentTransposed a transposed copy of the weights
   */
  void backward(int steps, Matrix recurrentTransposed) {
    java.util.Arrays.fill(cellGradients, 0, rows * hidden, 0);
    java.util.Arrays.fill(stateGradients, 0, rows * hidden, 0);
    for (int step = steps - 1; step >= 0; step--) {
      Matrix gates = gates(step, 1);
      for (int row = 0; row < rows; row++) {
        close(gates.row(row), (step * rows + row) * hidden, row * hidden);
      }
      Matrix before = Matrix.view(stateGradients, step * rows * hidden, rows, hidden);
      PRODUCT.add(gates, recurrentTransposed, before);
    }
  }

  private void close(int gate, int before, int cellGradient) {
    int after = before + rows * hidden;
    for (int i = 0; i < hidden; i++) {
      float in = gateValues[gate + i];
      float forget = gateValues[gate + hidden + i];
      float out = gateValues[gate + 2 * hidden + i];
      float cell = gateValues[gate + 3 * hidden + i];
      float tanh = cellTanh[before + i];
      float state = stateGradients[after + i];
      float gradient = cellGradients[cellGradient + i] + state * out * (1 - tanh * tanh);
      gateValues[gate + i] = gradient * cell * in * (1 - in);
      gateValues[gate + hidden + i] = gradient * cellValues[before + i] * forget * (1 - forget);
      gateValues[gate + 2 * hidden + i] = state * tanh * out * (1 - out);
      gateValues[gate + 3 * hidden + i] = gradient * in * (1 - cell * cell);
      cellGradients[cellGradient + i] = gradient * forget;
    }
  }

  /** Adds the gradient by the recurrent weights and the bias; after {@link #backward}. */
  void addGradients(int steps, Matrix recurrent, Matrix bias) {
    Matrix gates = gates(0, steps);
    PRODUCT.add(outputs(-1, steps).transposed(), gates, recurrent);
    bias.addColumnSums(gates);
  }
}
