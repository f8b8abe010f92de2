package org.xfernas.search.surrogate.nao;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The weights of the encoder-predictor-decoder, or the gradient of a loss by each of them: named
 * views of one row of numbers. Columns of no meaning, which fill up a strip, stay zero.
 */
final class NaoParameters {
  final NaoShape shape;
  final float[] values;

  /** [vocabulary, embedding]. */
  final Matrix encoderEmbedding;

  /**
   * One per joined token, [embedding, 4 hidden]; gates in the order input, forget, output, cell.
   */
  final List<Matrix> encoderInput;

  /** [hidden, 4 hidden]. */
  final Matrix encoderRecurrent;

  final Matrix encoderBias;

  /** [vocabulary + 1, hidden]: the last row is the start. */
  final Matrix decoderEmbedding;

  final Matrix decoderInput;
  final Matrix decoderRecurrent;
  final Matrix decoderBias;

  /** [hidden, hidden], from an encoder output to what a decoder output is compared with. */
  final Matrix attention;

  /** [hidden, hidden] each: from the attended encoder outputs and from the decoder's own. */
  final Matrix mixContext;

  final Matrix mixState;
  final Matrix mixBias;

  /** [hidden, vocabulary]. */
  final Matrix output;

  final Matrix outputBias;

  /** The universal predictor's hidden layers and its last one, a single column as a row. */
  final List<Matrix> predictor;

  final List<Matrix> predictorBias;
  final Matrix predictorLast;
  final Matrix predictorLastBias;

  /** [tasks, hidden]: the residual predictor of each task, linear in the embedding. */
  final Matrix residual;

  final Matrix residualBias;

  private int used;

  /** All zero. */
  NaoParameters(NaoShape shape) {
    this.shape = shape;
    this.values = new float[size(shape)];
    int hidden = shape.hidden();
    encoderEmbedding = next(shape.vocabulary(), shape.embedding());
    encoderInput = new ArrayList<>();
    for (int slot = 0; slot < shape.joined(); slot++) {
      encoderInput.add(next(shape.embedding(), 4 * hidden));
    }
    encoderRecurrent = next(hidden, 4 * hidden);
    encoderBias = next(1, 4 * hidden);
    decoderEmbedding = next(shape.vocabulary() + 1, hidden);
    decoderInput = next(hidden, 4 * hidden);
    decoderRecurrent = next(hidden, 4 * hidden);
    decoderBias = next(1, 4 * hidden);
    attention = next(hidden, hidden);
    mixContext = next(hidden, hidden);
    mixState = next(hidden, hidden);
    mixBias = next(1, hidden);
    output = next(hidden, MatrixProduct.padded(shape.vocabulary()));
    outputBias = next(1, MatrixProduct.padded(shape.vocabulary()));
    predictor =
        List.of(
            next(hidden, shape.predictor()),
            next(shape.predictor(), shape.predictor()),
            next(shape.predictor(), shape.predictor()));
    predictorBias =
        List.of(next(1, shape.predictor()), next(1, shape.predictor()), next(1, shape.predictor()));
    predictorLast = next(1, shape.predictor());
    predictorLastBias = next(1, 1);
    residual = next(shape.tasks(), hidden);
    residualBias = next(1, shape.tasks());
  }

  private static int size(NaoShape shape) {
    int hidden = shape.hidden();
    int gates = 4 * hidden;
    int words = MatrixProduct.padded(shape.vocabulary());
    int encoder =
        shape.vocabulary() * shape.embedding()
            + (shape.joined() * shape.embedding() + hidden + 1) * gates;
    int decoder =
        (shape.vocabulary() + 1) * hidden
            + (2 * hidden + 1) * gates
            + (3 * hidden + 1) * hidden
            + (hidden + 1) * words;
    int predictor = (hidden + 2 * shape.predictor() + 4) * shape.predictor() + 1;
    return encoder + decoder + predictor + shape.tasks() * (hidden + 1);
  }

  private Matrix next(int rows, int columns) {
    Matrix matrix = Matrix.view(values, used, rows, columns);
    used += rows * columns;
    return matrix;
  }

  /**
   * Uniform random weights within one over the square root of the inputs, those of the predictor
   * within sqrt(6 / inputs); the residuals start at zero and the LSTMs forget nothing at first.
   */
  static NaoParameters random(NaoShape shape, RandomGenerator random) {
    NaoParameters made = new NaoParameters(shape);
    double unit = 1 / Math.sqrt(shape.hidden());
    fill(made.encoderEmbedding, shape.embedding(), 1, random);
    made.encoderInput.forEach(matrix -> fill(matrix, 4 * shape.hidden(), unit, random));
    fill(made.encoderRecurrent, 4 * shape.hidden(), unit, random);
    fill(made.decoderEmbedding, shape.hidden(), 1, random);
    fill(made.decoderInput, 4 * shape.hidden(), unit, random);
    fill(made.decoderRecurrent, 4 * shape.hidden(), unit, random);
    fill(made.attention, shape.hidden(), unit, random);
    fill(made.mixContext, shape.hidden(), unit, random);
    fill(made.mixState, shape.hidden(), unit, random);
    fill(made.output, shape.vocabulary(), unit, random);
    for (Matrix layer : made.predictor) {
      fill(layer, shape.predictor(), Math.sqrt(6.0 / layer.rows()), random);
    }
    fill(made.predictorLast, shape.predictor(), 1 / Math.sqrt(shape.predictor()), random);
    for (Matrix bias : List.of(made.encoderBias, made.decoderBias)) {
      for (int unitAt = shape.hidden(); unitAt < 2 * shape.hidden(); unitAt++) {
        bias.values()[bias.at() + unitAt] = 1;
      }
    }
    return made;
  }

  private static void fill(Matrix matrix, int columns, double bound, RandomGenerator random) {
    for (int row = 0; row < matrix.rows(); row++) {
      for (int column = 0; column < columns; column++) {
        matrix.values()[matrix.row(row) + column] = (float) (bound * (2 * random.nextDouble() - 1));
      }
    }
  }

  /** A copy that can be trained further, with residual predictors of zero for so many tasks. */
  NaoParameters withTasks(int tasks) {
    NaoParameters copy =
        new NaoParameters(
            new NaoShape(
                shape.length(),
                shape.joined(),
                shape.vocabulary(),
                shape.embedding(),
                shape.hidden(),
                shape.predictor(),
                tasks));
    System.arraycopy(values, 0, copy.values, 0, residual.at());
    return copy;
  }

  /** Adds another gradient. */
  void add(NaoParameters other) {
    Rows.add(values, 0, other.values, 0, values.length);
  }
}
