package org.xfernas.search.surrogate.nao;

import java.util.List;
import java.util.stream.Stream;

/**
 * What both LSTMs' gates get from each token: the product of the token's embedding with the input
 * weights, one row per token. A batch looks its input up, however long it is; its gradient is
 * summed up by token first.
 */
final class InputTables {
  private static final MatrixProduct PRODUCT = MatrixProduct.BEST;

  /** One per joined token, [vocabulary, 4 hidden]. */
  final List<Matrix> encoder;

  /** [vocabulary + 1, 4 hidden]. */
  final Matrix decoder;

  /** All zero. */
  InputTables(NaoShape shape) {
    int gates = 4 * shape.hidden();
    encoder =
        Stream.generate(() -> Matrix.zeros(shape.vocabulary(), gates))
            .limit(shape.joined())
            .toList();
    decoder = Matrix.zeros(shape.vocabulary() + 1, gates);
  }

  void clear() {
    encoder.forEach(table -> java.util.Arrays.fill(table.values(), 0));
    java.util.Arrays.fill(decoder.values(), 0);
  }

  /** The tables of these weights. */
  void set(NaoParameters weights) {
    clear();
    for (int slot = 0; slot < encoder.size(); slot++) {
      PRODUCT.add(weights.encoderEmbedding, weights.encoderInput.get(slot), encoder.get(slot));
    }
    PRODUCT.add(weights.decoderEmbedding, weights.decoderInput, decoder);
  }

  /** Adds another gradient. */
  void add(InputTables other) {
    for (int slot = 0; slot < encoder.size(); slot++) {
      addAll(encoder.get(slot), other.encoder.get(slot));
    }
    addAll(decoder, other.decoder);
  }

  private static void addAll(Matrix sum, Matrix summand) {
    Rows.add(sum.values(), 0, summand.values(), 0, sum.values().length);
  }

  /**
   * Adds the gradient by embeddings and input weights, where this is the gradient by the tables.
   */
  void addGradients(NaoParameters weights, NaoParameters gradient) {
    for (int slot = 0; slot < encoder.size(); slot++) {
      addGradients(
          encoder.get(slot),
          weights.encoderEmbedding,
          weights.encoderInput.get(slot),
          gradient.encoderEmbedding,
          gradient.encoderInput.get(slot));
    }
    addGradients(
        decoder,
        weights.decoderEmbedding,
        weights.decoderInput,
        gradient.decoderEmbedding,
        gradient.decoderInput);
  }

  private static void addGradients(
      Matrix table, Matrix embedding, Matrix input, Matrix embeddingSum, Matrix inputSum) {
    PRODUCT.add(embedding.transposed(), table, inputSum);
    PRODUCT.add(table, transposedCopy(input), embeddingSum);
  }

  /** A copy with rows and columns exchanged. */
  static Matrix transposedCopy(Matrix matrix) {
    Matrix copy = Matrix.zeros(matrix.columns(), matrix.rows());
    copy.set(matrix.transposed());
    return copy;
  }
}
