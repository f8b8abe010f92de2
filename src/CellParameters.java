package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.xfernas.search.Seed;

/**
 * The parameters of a cell, or their gradients, as views of one flat vector: what is trained, node
 * by node, then the running statistics.
 */
final class CellParameters {
  private final INDArray trainable;
  private final INDArray statistics;
  private final List<List<Parameter>> parameters;
  private final List<List<INDArray>> views = new ArrayList<>();

  CellParameters(CellGraph graph, INDArray vector) {
    INDArray flat = vector.reshape(vector.length());
    long trained = graph.trainableParameters();
    trainable = trained == 0 ? null : flat.get(NDArrayIndex.interval(0, trained));
    statistics =
        trained == flat.length() ? null : flat.get(NDArrayIndex.interval(trained, flat.length()));
    parameters = graph.parameters();
    long nextTrainable = 0;
    long nextStatistic = trained;
    for (List<Parameter> ofNode : parameters) {
      List<INDArray> nodeViews = new ArrayList<>();
      for (Parameter parameter : ofNode) {
        long start = parameter.kind().trainable() ? nextTrainable : nextStatistic;
        long end = start + parameter.length();
        nodeViews.add(flat.get(NDArrayIndex.interval(start, end)).reshape('c', parameter.shape()));
        if (parameter.kind().trainable()) {
          nextTrainable = end;
        } else {
          nextStatistic = end;
        }
      }
      views.add(nodeViews);
    }
  }

  /** Parameter number {@code index} of node {@code node}, in its own shape. */
  INDArray get(int node, int index) {
    return views.get(node).get(index);
  }

  /** All that is trained; null where nothing is. */
  INDArray trainable() {
    return trainable;
  }

  /** All running statistics; null where there are none. */
  INDArray statistics() {
    return statistics;
  }

  /** Sets values to start training from; each parameter's depend on its node and the seed alone. */
  void initialise(Seed seed) {
    for (int node = 0; node < parameters.size(); node++) {
      for (int index = 0; index < parameters.get(node).size(); index++) {
        double[] values =
            parameters.get(node).get(index).initialValues(seed.child(node, index).generator());
        HostVector.of(get(node, index)).write(values);
      }
    }
  }
}
