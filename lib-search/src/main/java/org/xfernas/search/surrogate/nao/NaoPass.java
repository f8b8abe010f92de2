package org.xfernas.search.surrogate.nao;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.xfernas.search.surrogate.nao.NaoBatch.Example;

/**
 * Forward and backward of NAO's encoder-predictor-decoder (Luo et al. 2018; section 3 of the
 * method) over some rows of a batch, in work space of its own. Rows are time-major as in {@link
 * Lstm}; every layer but the two recurrences and the attention of each row is one product over all
 * steps and rows.
 */
final class NaoPass {
  private static final MatrixProduct PRODUCT = MatrixProduct.BEST;

  private final NaoShape shape;
  private final int hidden;
  private final int paddedSteps;
  private final int paddedVocabulary;
  private final Lstm encoder;
  private final Lstm decoder;
  private final float[] encodings;
  private final float[] encodingNorms;
  private final float[] encodingGradients;
  private final float[] embeddings;
  private final float[] embeddingNorms;
  private final float[] embeddingGradients;
  private final List<float[]> layers = new ArrayList<>();
  private final List<float[]> layerGradients = new ArrayList<>();
  private final float[] keys;
  private final float[] keyGradients;
  private final float[] keysTransposed;
  private final float[] encodingTransposed;
  private final float[] attended;
  private final float[] attendedGradient;
  private final float[] contexts;
  private final float[] contextGradients;
  private final float[] mixed;
  private final float[] mixedGradients;
  private final float[] logits;
  private NaoWeights weights;
  private int rows;

  /** Space for so many rows. */
  NaoPass(NaoShape shape, int rows) {
    this.shape = shape;
    hidden = shape.hidden();
    paddedSteps = MatrixProduct.padded(shape.steps());
    paddedVocabulary = MatrixProduct.padded(shape.vocabulary());
    encoder = new Lstm(shape.steps(), rows, hidden);
    decoder = new Lstm(shape.length(), rows, hidden);
    encodings = new float[shape.steps() * rows * hidden];
    encodingNorms = new float[shape.steps() * rows];
    encodingGradients = new float[encodings.length];
    embeddings = new float[rows * hidden];
    embeddingNorms = new float[rows];
    embeddingGradients = new float[embeddings.length];
    for (int layer = 0; layer < 3; layer++) {
      layers.add(new float[rows * shape.predictor()]);
      layerGradients.add(new float[rows * shape.predictor()]);
    }
    keys = new float[encodings.length];
    keyGradients = new float[encodings.length];
    keysTransposed = new float[rows * hidden * paddedSteps];
    encodingTransposed = new float[hidden * paddedSteps];
    attended = new float[rows * shape.length() * paddedSteps];
    attendedGradient = new float[shape.length() * paddedSteps];
    contexts = new float[shape.length() * rows * hidden];
    contextGradients = new float[contexts.length];
    mixed = new float[contexts.length];
    mixedGradients = new float[contexts.length];
    logits = new float[shape.length() * rows * paddedVocabulary];
  }

  // Forward.

  /** Encodes architectures: their steps' outputs and the embeddings. */
  void encode(NaoWeights with, List<int[]> tokens) {
    weights = with;
    rows = tokens.size();
    encoder.start(rows, null);
    Matrix gates = encoder.gates(0, shape.steps());
    gates.setRows(weights.parameters.encoderBias);
    for (int step = 0; step < shape.steps(); step++) {
      for (int row = 0; row < rows; row++) {
        int gate = gates.row(step * rows + row);
        for (int slot = 0; slot < shape.joined(); slot++) {
          Matrix table = weights.tables.encoder.get(slot);
          int token = tokens.get(row)[step * shape.joined() + slot];
          Rows.add(gates.values(), gate, table.values(), table.row(token), gates.columns());
        }
      }
    }
    encoder.forward(0, shape.steps(), weights.parameters.encoderRecurrent);
    encodings().set(encoder.outputs(0, shape.steps()));
    normalize(encodings, encodingNorms, shape.steps() * rows);
    embed();
  }

  /** The embeddings of the steps' outputs: their mean, normalised. */
  private void embed() {
    Arrays.fill(embeddings, 0, rows * hidden, 0);
    for (int step = 0; step < shape.steps(); step++) {
      Rows.add(embeddings, 0, encodings, step * rows * hidden, rows * hidden);
    }
    Rows.scale(embeddings, 0, 1f / shape.steps(), rows * hidden);
    normalize(embeddings, embeddingNorms, rows);
  }

  private void normalize(float[] values, float[] norms, int count) {
    for (int row = 0; row < count; row++) {
      norms[row] = Rows.norm(values, row * hidden, hidden);
      Rows.scale(values, row * hidden, 1 / norms[row], hidden);
    }
  }

  /** The universal predictor's value of each row; after {@link #encode}. */
  float[] predict() {
    Matrix input = embeddings();
    for (int layer = 0; layer < layers.size(); layer++) {
      Matrix output = layer(layers, layer);
      output.setRows(weights.parameters.predictorBias.get(layer));
      PRODUCT.add(input, weights.parameters.predictor.get(layer), output);
      rectify(output);
      input = output;
    }
    Matrix last = weights.parameters.predictorLast;
    float bias =
        weights.parameters.predictorLastBias.values()[weights.parameters.predictorLastBias.at()];
    float[] values = new float[rows];
    for (int row = 0; row < rows; row++) {
      values[row] =
          bias + Rows.dot(input.values(), input.row(row), last.values(), last.at(), last.columns());
    }
    return values;
  }

  private static void rectify(Matrix matrix) {
    float[] values = matrix.values();
    for (int i = 0; i < matrix.rows() * matrix.columns(); i++) {
      values[i] = Math.max(0, values[i]);
    }
  }

  /** The residual predictor's value of a row for a task. */
  float residual(int row, int task) {
    Matrix residual = weights.parameters.residual;
    Matrix bias = weights.parameters.residualBias;
    return bias.values()[bias.at() + task]
        + Rows.dot(embeddings, row * hidden, residual.values(), residual.row(task), hidden);
  }

  /** Makes the decoder ready for its first step; after {@link #encode}. */
  void startDecoding() {
    Arrays.fill(keys, 0, shape.steps() * rows * hidden, 0);
    PRODUCT.add(encodings(), weights.parameters.attention, keys());
    Arrays.fill(keysTransposed, 0, rows * hidden * paddedSteps, 0);
    for (int row = 0; row < rows; row++) {
      keysTransposed(row).set(keys().everyRow(rows, row, shape.steps()).transposed());
    }
    decoder.start(rows, embeddings());
  }

  /**
   * Some steps of the decoder, each reading the token before it.
   *
   * @return [steps rows, vocabulary padded]: the logits of each step's token
   */
  Matrix decode(List<int[]> tokens, int firstStep, int steps) {
    NaoParameters parameters = weights.parameters;
    Matrix gates = decoder.gates(firstStep, steps);
    gates.setRows(parameters.decoderBias);
    for (int step = 0; step < steps; step++) {
      for (int row = 0; row < rows; row++) {
        int table = weights.tables.decoder.row(before(tokens.get(row), firstStep + step));
        int gate = gates.row(step * rows + row);
        Rows.add(gates.values(), gate, weights.tables.decoder.values(), table, gates.columns());
      }
    }
    decoder.forward(firstStep, steps, parameters.decoderRecurrent);
    Matrix states = decoder.outputs(firstStep, steps);
    Matrix context = Matrix.view(contexts, firstStep * rows * hidden, steps * rows, hidden);
    attend(firstStep, steps, states, context);
    Matrix mix = Matrix.view(mixed, firstStep * rows * hidden, steps * rows, hidden);
    mix.setRows(parameters.mixBias);
    PRODUCT.add(context, parameters.mixContext, mix);
    PRODUCT.add(states, parameters.mixState, mix);
    Rows.tanh(mixed, mix.at(), mix.rows() * hidden);
    Matrix logit =
        Matrix.view(logits, firstStep * rows * paddedVocabulary, steps * rows, paddedVocabulary);
    logit.setRows(parameters.outputBias);
    PRODUCT.add(mix, parameters.output, logit);
    return logit;
  }

  private int before(int[] tokens, int step) {
    return step == 0 ? shape.startToken() : tokens[step - 1];
  }

  /** The encoder outputs that each decoder state attends to (dot products, softmax). */
  private void attend(int firstStep, int steps, Matrix states, Matrix context) {
    Arrays.fill(contexts, context.at(), context.at() + steps * rows * hidden, 0);
    for (int row = 0; row < rows; row++) {
      Matrix attention = attended(row).rows(firstStep, steps);
      Arrays.fill(attended, attention.at(), attention.at() + steps * paddedSteps, 0);
      PRODUCT.add(states.everyRow(rows, row, steps), keysTransposed(row), attention);
      for (int step = 0; step < steps; step++) {
        Rows.softmax(attended, attention.row(step), shape.steps());
      }
      PRODUCT.add(
          columns(attention),
          encodings().everyRow(rows, row, shape.steps()),
          context.everyRow(rows, row, steps));
    }
  }

  /** Without the columns that fill up the strip. */
  private Matrix columns(Matrix attention) {
    return new Matrix(
        attention.values(), attention.at(), attention.rows(), shape.steps(), paddedSteps, 1);
  }

  // Backward.

  /**
   * Adds the gradient of a part of a batch's loss; gives that part of the loss.
   *
   * @param gradient by the parameters, but for what goes through the tables
   * @param tables gradient by the tables
   */
  double train(
      NaoWeights with,
      NaoBatch batch,
      int first,
      int count,
      NaoParameters gradient,
      InputTables tables) {
    List<Example> examples = batch.examples().subList(first, first + count);
    List<int[]> tokens = examples.stream().map(Example::tokens).toList();
    encode(with, tokens);
    Arrays.fill(encodingGradients, 0, shape.steps() * rows * hidden, 0);
    Arrays.fill(embeddingGradients, 0, rows * hidden, 0);
    double loss = trainPredictor(batch, examples, gradient);
    startDecoding();
    decode(tokens, 0, shape.length());
    loss += trainDecoder(batch, tokens, gradient, tables);
    embeddingBackward();
    encoderBackward(tokens, gradient, tables);
    return loss;
  }

  private double trainPredictor(NaoBatch batch, List<Example> examples, NaoParameters gradient) {
    float[] predictions = predict();
    float[] universal = new float[rows];
    double loss = 0;
    for (int row = 0; row < rows; row++) {
      Example example = examples.get(row);
      if (example.labelled()) {
        boolean residual = example.task() >= 0;
        float prediction = predictions[row] + (residual ? residual(row, example.task()) : 0);
        float error = prediction - example.value();
        loss += batch.valueWeight() * error * error;
        universal[row] = 2 * batch.valueWeight() * error;
        if (residual) {
          residualBackward(row, example.task(), universal[row], gradient);
        }
      }
    }
    predictorBackward(universal, gradient);
    return loss;
  }

  private void residualBackward(int row, int task, float error, NaoParameters gradient) {
    Matrix residual = weights.parameters.residual;
    Rows.add(
        embeddingGradients, row * hidden, error, residual.values(), residual.row(task), hidden);
    Rows.add(gradient.values, gradient.residual.row(task), error, embeddings, row * hidden, hidden);
    gradient.values[gradient.residualBias.at() + task] += error;
  }

  /** Adds the gradient by the embeddings, and by the parameters where they are not null. */
  private void predictorBackward(float[] universal, NaoParameters gradient) {
    NaoParameters parameters = weights.parameters;
    Matrix last = parameters.predictorLast;
    Matrix above = layer(layerGradients, layers.size() - 1);
    Matrix top = layer(layers, layers.size() - 1);
    Arrays.fill(above.values(), 0, rows * shape.predictor(), 0);
    for (int row = 0; row < rows; row++) {
      Rows.add(
          above.values(), above.row(row), universal[row], last.values(), last.at(), last.columns());
      if (gradient != null) {
        Rows.add(
            gradient.values,
            gradient.predictorLast.at(),
            universal[row],
            top.values(),
            top.row(row),
            top.columns());
        gradient.values[gradient.predictorLastBias.at()] += universal[row];
      }
    }
    for (int layer = layers.size() - 1; layer >= 0; layer--) {
      rectifyBackward(above, layer(layers, layer));
      Matrix input = layer == 0 ? embeddings() : layer(layers, layer - 1);
      Matrix below = layer == 0 ? embeddingGradients() : layer(layerGradients, layer - 1);
      if (layer > 0) {
        Arrays.fill(below.values(), 0, rows * shape.predictor(), 0);
      }
      if (gradient != null) {
        PRODUCT.add(input.transposed(), above, gradient.predictor.get(layer));
        gradient.predictorBias.get(layer).addColumnSums(above);
      }
      PRODUCT.add(above, weights.predictorTransposed.get(layer), below);
      above = below;
    }
  }

  private static void rectifyBackward(Matrix gradient, Matrix output) {
    float[] values = gradient.values();
    float[] outputs = output.values();
    for (int i = 0; i < gradient.rows() * gradient.columns(); i++) {
      values[i] = outputs[i] > 0 ? values[i] : 0;
    }
  }

  private double trainDecoder(
      NaoBatch batch, List<int[]> tokens, NaoParameters gradient, InputTables tables) {
    int length = shape.length();
    Matrix logit = Matrix.view(logits, 0, length * rows, paddedVocabulary);
    double loss = 0;
    for (int step = 0; step < length; step++) {
      for (int row = 0; row < rows; row++) {
        int at = logit.row(step * rows + row);
        int token = tokens.get(row)[step];
        float target = logits[at + token];
        loss += batch.tokenWeight() * (Rows.softmax(logits, at, shape.vocabulary()) - target);
        logits[at + token] -= 1;
        Rows.scale(logits, at, batch.tokenWeight(), shape.vocabulary());
        Arrays.fill(logits, at + shape.vocabulary(), at + paddedVocabulary, 0);
      }
    }
    Matrix mix = Matrix.view(mixed, 0, length * rows, hidden);
    Matrix mixGradient = Matrix.view(mixedGradients, 0, length * rows, hidden);
    PRODUCT.add(mix.transposed(), logit, gradient.output);
    gradient.outputBias.addColumnSums(logit);
    Arrays.fill(mixedGradients, 0, length * rows * hidden, 0);
    PRODUCT.add(logit, weights.outputTransposed, mixGradient);
    for (int i = 0; i < length * rows * hidden; i++) {
      mixedGradients[i] *= 1 - mixed[i] * mixed[i];
    }

    Matrix states = decoder.outputs(0, length);
    Matrix context = Matrix.view(contexts, 0, length * rows, hidden);
    Matrix contextGradient = Matrix.view(contextGradients, 0, length * rows, hidden);
    Matrix stateGradient = decoder.outputGradients(length);
    PRODUCT.add(context.transposed(), mixGradient, gradient.mixContext);
    PRODUCT.add(states.transposed(), mixGradient, gradient.mixState);
    gradient.mixBias.addColumnSums(mixGradient);
    Arrays.fill(contextGradients, 0, length * rows * hidden, 0);
    PRODUCT.add(mixGradient, weights.mixContextTransposed, contextGradient);
    Arrays.fill(
        stateGradient.values(), stateGradient.at(), stateGradient.at() + length * rows * hidden, 0);
    PRODUCT.add(mixGradient, weights.mixStateTransposed, stateGradient);
    attentionBackward(states, stateGradient, contextGradient);
    PRODUCT.add(encodings().transposed(), keyGradients(), gradient.attention);
    PRODUCT.add(keyGradients(), weights.attentionTransposed, encodingGradients());

    decoder.backward(length, weights.decoderRecurrentTransposed);
    decoder.addGradients(length, gradient.decoderRecurrent, gradient.decoderBias);
    Matrix gates = decoder.gates(0, length);
    for (int step = 0; step < length; step++) {
      for (int row = 0; row < rows; row++) {
        int table = tables.decoder.row(before(tokens.get(row), step));
        int gate = gates.row(step * rows + row);
        Rows.add(tables.decoder.values(), table, gates.values(), gate, gates.columns());
      }
    }
    Rows.add(embeddingGradients, 0, decoder.initialGradient().values(), 0, rows * hidden);
    return loss;
  }

  private void attentionBackward(Matrix states, Matrix stateGradient, Matrix contextGradient) {
    int length = shape.length();
    int steps = shape.steps();
    Matrix scores = Matrix.view(attendedGradient, 0, length, paddedSteps);
    Matrix transposed = Matrix.view(encodingTransposed, 0, hidden, paddedSteps);
    Arrays.fill(keyGradients, 0, steps * rows * hidden, 0);
    Arrays.fill(encodingTransposed, 0);
    for (int row = 0; row < rows; row++) {
      Matrix attention = columns(attended(row));
      Matrix encoding = encodings().everyRow(rows, row, steps);
      Matrix fromContext = contextGradient.everyRow(rows, row, length);
      transposed.set(encoding.transposed());
      Arrays.fill(attendedGradient, 0);
      PRODUCT.add(fromContext, transposed, scores);
      PRODUCT.add(
          attention.transposed(), fromContext, encodingGradients().everyRow(rows, row, steps));
      for (int step = 0; step < length; step++) {
        softmaxBackward(attendedGradient, scores.row(step), attended, attention.row(step), steps);
      }
      PRODUCT.add(
          columns(scores),
          keys().everyRow(rows, row, steps),
          stateGradient.everyRow(rows, row, length));
      PRODUCT.add(
          columns(scores).transposed(),
          states.everyRow(rows, row, length),
          keyGradients().everyRow(rows, row, steps));
    }
  }

  private static void softmaxBackward(
      float[] gradient, int at, float[] probability, int probabilityAt, int length) {
    float mean = Rows.dot(gradient, at, probability, probabilityAt, length);
    for (int i = 0; i < length; i++) {
      gradient[at + i] = probability[probabilityAt + i] * (gradient[at + i] - mean);
    }
  }

  /** From the embeddings to the steps' outputs. */
  private void embeddingBackward() {
    normalizeBackward(embeddingGradients, embeddings, embeddingNorms, rows);
    for (int step = 0; step < shape.steps(); step++) {
      Rows.add(
          encodingGradients,
          step * rows * hidden,
          1f / shape.steps(),
          embeddingGradients,
          0,
          rows * hidden);
    }
  }

  private void normalizeBackward(float[] gradient, float[] output, float[] norms, int count) {
    for (int row = 0; row < count; row++) {
      float along = Rows.dot(gradient, row * hidden, output, row * hidden, hidden);
      Rows.add(gradient, row * hidden, -along, output, row * hidden, hidden);
      Rows.scale(gradient, row * hidden, 1 / norms[row], hidden);
    }
  }

  private void encoderBackward(List<int[]> tokens, NaoParameters gradient, InputTables tables) {
    normalizeBackward(encodingGradients, encodings, encodingNorms, shape.steps() * rows);
    encoder.outputGradients(shape.steps()).set(encodingGradients());
    encoder.backward(shape.steps(), weights.encoderRecurrentTransposed);
    encoder.addGradients(shape.steps(), gradient.encoderRecurrent, gradient.encoderBias);
    Matrix gates = encoder.gates(0, shape.steps());
    for (int step = 0; step < shape.steps(); step++) {
      for (int row = 0; row < rows; row++) {
        int gate = gates.row(step * rows + row);
        for (int slot = 0; slot < shape.joined(); slot++) {
          Matrix table = tables.encoder.get(slot);
          int token = tokens.get(row)[step * shape.joined() + slot];
          Rows.add(table.values(), table.row(token), gates.values(), gate, gates.columns());
        }
      }
    }
  }

  // The gradient step on the encoder's outputs.

  /**
   * Moves the steps' outputs along the gradient of the universal predictor: h = norm(h + length
   * df/dh) (Luo et al. 2018, section 3.2); the embeddings follow.
   */
  void ascend(float length) {
    predict();
    float[] ones = new float[rows];
    Arrays.fill(ones, 1);
    Arrays.fill(encodingGradients, 0, shape.steps() * rows * hidden, 0);
    Arrays.fill(embeddingGradients, 0, rows * hidden, 0);
    predictorBackward(ones, null);
    embeddingBackward();
    Rows.add(encodings, 0, length, encodingGradients, 0, shape.steps() * rows * hidden);
    normalize(encodings, encodingNorms, shape.steps() * rows);
    embed();
  }

  private Matrix embeddings() {
    return Matrix.view(embeddings, 0, rows, hidden);
  }

  /** The embedding of a row. */
  double[] embedding(int row) {
    double[] embedding = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      embedding[i] = embeddings[row * hidden + i];
    }
    return embedding;
  }

  private Matrix embeddingGradients() {
    return Matrix.view(embeddingGradients, 0, rows, hidden);
  }

  private Matrix encodings() {
    return Matrix.view(encodings, 0, shape.steps() * rows, hidden);
  }

  private Matrix encodingGradients() {
    return Matrix.view(encodingGradients, 0, shape.steps() * rows, hidden);
  }

  private Matrix keys() {
    return Matrix.view(keys, 0, shape.steps() * rows, hidden);
  }

  private Matrix keyGradients() {
    return Matrix.view(keyGradients, 0, shape.steps() * rows, hidden);
  }

  private Matrix keysTransposed(int row) {
    return Matrix.view(keysTransposed, row * hidden * paddedSteps, hidden, paddedSteps);
  }

  private Matrix attended(int row) {
    return Matrix.view(attended, row * shape.length() * paddedSteps, shape.length(), paddedSteps);
  }

  private Matrix layer(List<float[]> of, int layer) {
    return Matrix.view(of.get(layer), 0, rows, shape.predictor());
  }
}
