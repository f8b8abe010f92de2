package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Limits the Euclidean norm of a graph's whole gradient, as PyTorch's {@code clip_grad_norm_} does;
 * DL4J only knows limits per layer.
 */
final class GradientClip {
  private GradientClip() {}

  /**
   * Scales the gradient of the mean loss down to the limit, once all of it is there.
   *
   * @param limit largest norm; 0 for none
   * @param batch number of images that the gradients are sums over
   */
  static void clip(ComputationGraph graph, double limit, long batch) {
    if (limit == 0) {
      return;
    }
    List<INDArray> gradients = gradients(graph);
    double square = 0;
    for (INDArray gradient : gradients) {
      double norm = gradient.norm2Number().doubleValue();
      square += norm * norm;
    }
    double norm = Math.sqrt(square) / batch;
    if (norm > limit) {
      gradients.forEach(gradient -> gradient.muli(limit / norm));
    }
  }

  private static List<INDArray> gradients(ComputationGraph graph) {
    List<INDArray> gradients = new ArrayList<>();
    for (PlannedVertex vertex : PlannedVertex.of(graph)) {
      if (vertex.trainableGradient() != null) {
        gradients.add(vertex.trainableGradient());
      }
    }
    for (Layer layer : graph.getLayers()) {
      gradients.add(layer.getGradientsViewArray());
    }
    return gradients;
  }
}
