package org.xfernas.search.surrogate.nao;

import java.util.List;

/**
 * Parameters with what follows from them and every batch needs: input tables, transposed copies.
 */
final class NaoWeights {
  final NaoParameters parameters;
  final InputTables tables;
  final Matrix encoderRecurrentTransposed;
  final Matrix decoderRecurrentTransposed;
  final Matrix attentionTransposed;
  final Matrix mixContextTransposed;
  final Matrix mixStateTransposed;
  final Matrix outputTransposed;
  final List<Matrix> predictorTransposed;

  NaoWeights(NaoParameters parameters) {
    this.parameters = parameters;
    this.tables = new InputTables(parameters.shape);
    encoderRecurrentTransposed = InputTables.transposedCopy(parameters.encoderRecurrent);
    decoderRecurrentTransposed = InputTables.transposedCopy(parameters.decoderRecurrent);
    attentionTransposed = InputTables.transposedCopy(parameters.attention);
    mixContextTransposed = InputTables.transposedCopy(parameters.mixContext);
    mixStateTransposed = InputTables.transposedCopy(parameters.mixState);
    outputTransposed = InputTables.transposedCopy(parameters.output);
    predictorTransposed = parameters.predictor.stream().map(InputTables::transposedCopy).toList();
    refresh();
  }

  /** To be called after the parameters have changed. */
  void refresh() {
    tables.set(parameters);
    encoderRecurrentTransposed.set(parameters.encoderRecurrent.transposed());
    decoderRecurrentTransposed.set(parameters.decoderRecurrent.transposed());
    attentionTransposed.set(parameters.attention.transposed());
    mixContextTransposed.set(parameters.mixContext.transposed());
    mixStateTransposed.set(parameters.mixState.transposed());
    outputTransposed.set(parameters.output.transposed());
    for (int layer = 0; layer < predictorTransposed.size(); layer++) {
      predictorTransposed.get(layer).set(parameters.predictor.get(layer).transposed());
    }
  }
}
