package org.xfernas.search.surrogate.nao;

/**
 * Sizes of the encoder-predictor-decoder; section 3 of the method has the published ones.
 *
 * @param length tokens of an architecture
 * @param joined tokens that one step of the encoder reads together; divides the length
 * @param vocabulary number of different tokens
 * @param embedding size of a token's embedding
 * @param hidden size of both LSTMs, and of an architecture's embedding
 * @param predictor units of each of the predictor's three hidden layers
 * @param tasks number of tasks with a residual predictor of their own
 */
record NaoShape(
    int length, int joined, int vocabulary, int embedding, int hidden, int predictor, int tasks) {

  /** The published sizes; multiples of {@link MatrixProduct#STRIP} where they are columns. */
  static NaoShape of(int length, int joined, int vocabulary, int tasks) {
    return new NaoShape(length, joined, vocabulary, 32, 96, 224, tasks);
  }

  /** Steps of the encoder. */
  int steps() {
    return length / joined;
  }

  /** The decoder reads this where no token came before. */
  int startToken() {
    return vocabulary;
  }
}
