package org.xfernas.search.surrogate.nao;

import org.xfernas.search.surrogate.nao.NaoBatch.Example;

/**
 * The loss of the encoder-predictor-decoder in double precision, one architecture and one number at
 * a time: what the fast one is compared with.
 */
final class PlainNao {
  private final NaoParameters weights;
  private final NaoShape shape;
  private final int hidden;

  PlainNao(NaoParameters weights) {
    this.weights = weights;
    this.shape = weights.shape;
    this.hidden = shape.hidden();
  }

  double loss(NaoBatch batch) {
    double loss = 0;
    for (Example example : batch.examples()) {
      loss += loss(batch, example);
    }
    return loss;
  }

  private double loss(NaoBatch batch, Example example) {
    double[][] outputs = encode(example.tokens());
    double[] embedding = embedding(outputs);
    double loss = 0;
    if (example.labelled()) {
      double prediction = predict(embedding);
      if (example.task() >= 0) {
        prediction += at(weights.residualBias, 0, example.task());
        for (int i = 0; i < hidden; i++) {
          prediction += at(weights.residual, example.task(), i) * embedding[i];
        }
      }
      loss += batch.valueWeight() * Math.pow(prediction - example.value(), 2);
    }
    double[] state = embedding;
    double[] cell = embedding;
    int token = shape.vocabulary();
    for (int step = 0; step < shape.length(); step++) {
      double[] input = new double[hidden];
      for (int i = 0; i < hidden; i++) {
        input[i] = at(weights.decoderEmbedding, token, i);
      }
      double[] gates = times(input, weights.decoderInput);
      double[][] next = step(gates, state, cell, weights.decoderRecurrent, weights.decoderBias);
      state = next[0];
      cell = next[1];
      double[] logits = logits(outputs, state);
      token = example.tokens()[step];
      double sum = 0;
      for (int word = 0; word < shape.vocabulary(); word++) {
        sum += Math.exp(logits[word]);
      }
      loss += batch.tokenWeight() * (Math.log(sum) - logits[token]);
    }
    return loss;
  }

  double[][] encode(int[] tokens) {
    double[][] outputs = new double[shape.steps()][];
    double[] state = new double[hidden];
    double[] cell = new double[hidden];
    for (int step = 0; step < shape.steps(); step++) {
      double[] gates = new double[4 * hidden];
      for (int slot = 0; slot < shape.joined(); slot++) {
        double[] word = new double[shape.embedding()];
        for (int i = 0; i < word.length; i++) {
          word[i] = at(weights.encoderEmbedding, tokens[step * shape.joined() + slot], i);
        }
        gates = plus(gates, times(word, weights.encoderInput.get(slot)));
      }
      double[][] next = step(gates, state, cell, weights.encoderRecurrent, weights.encoderBias);
      state = next[0];
      cell = next[1];
      outputs[step] = normalized(state);
    }
    return outputs;
  }

  double[] embedding(double[][] outputs) {
    double[] mean = new double[hidden];
    for (double[] output : outputs) {
      mean = plus(mean, output);
    }
    return normalized(mean);
  }

  double predict(double[] embedding) {
    double[] layer = embedding;
    for (int i = 0; i < 3; i++) {
      layer = times(layer, weights.predictor.get(i));
      for (int unit = 0; unit < layer.length; unit++) {
        layer[unit] = Math.max(0, layer[unit] + at(weights.predictorBias.get(i), 0, unit));
      }
    }
    double prediction = at(weights.predictorLastBias, 0, 0);
    for (int unit = 0; unit < layer.length; unit++) {
      prediction += layer[unit] * at(weights.predictorLast, 0, unit);
    }
    return prediction;
  }

  private double[] logits(double[][] outputs, double[] state) {
    double[] attention = new double[outputs.length];
    double sum = 0;
    for (int step = 0; step < outputs.length; step++) {
      double[] key = times(outputs[step], weights.attention);
      for (int i = 0; i < hidden; i++) {
        attention[step] += key[i] * state[i];
      }
      attention[step] = Math.exp(attention[step]);
      sum += attention[step];
    }
    double[] context = new double[hidden];
    for (int step = 0; step < outputs.length; step++) {
      for (int i = 0; i < hidden; i++) {
        context[i] += attention[step] / sum * outputs[step][i];
      }
    }
    double[] mixed = plus(times(context, weights.mixContext), times(state, weights.mixState));
    for (int i = 0; i < hidden; i++) {
      mixed[i] = Math.tanh(mixed[i] + at(weights.mixBias, 0, i));
    }
    double[] logits = times(mixed, weights.output);
    for (int word = 0; word < shape.vocabulary(); word++) {
      logits[word] += at(weights.outputBias, 0, word);
    }
    return logits;
  }

  private double[][] step(
      double[] input, double[] state, double[] cell, Matrix recurrent, Matrix bias) {
    double[] gates = plus(input, times(state, recurrent));
    double[] nextState = new double[hidden];
    double[] nextCell = new double[hidden];
    for (int i = 0; i < hidden; i++) {
      double in = sigmoid(gates[i] + at(bias, 0, i));
      double forget = sigmoid(gates[hidden + i] + at(bias, 0, hidden + i));
      double out = sigmoid(gates[2 * hidden + i] + at(bias, 0, 2 * hidden + i));
      double candidate = Math.tanh(gates[3 * hidden + i] + at(bias, 0, 3 * hidden + i));
      nextCell[i] = forget * cell[i] + in * candidate;
      nextState[i] = out * Math.tanh(nextCell[i]);
    }
    return new double[][] {nextState, nextCell};
  }

  private static double at(Matrix matrix, int row, int column) {
    return matrix.values()[matrix.row(row) + column];
  }

  private static double[] times(double[] row, Matrix matrix) {
    double[] product = new double[matrix.columns()];
    for (int inner = 0; inner < row.length; inner++) {
      for (int column = 0; column < product.length; column++) {
        product[column] += row[inner] * at(matrix, inner, column);
      }
    }
    return product;
  }

  private static double[] plus(double[] left, double[] right) {
    double[] sum = left.clone();
    for (int i = 0; i < sum.length; i++) {
      sum[i] += right[i];
    }
    return sum;
  }

  static double[] normalized(double[] row) {
    double square = 0;
    for (double each : row) {
      square += each * each;
    }
    double[] unit = row.clone();
    for (int i = 0; i < unit.length; i++) {
      unit[i] /= Math.sqrt(square);
    }
    return unit;
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
