package org.xfernas.models.bench;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.VertexIndices;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.AddOp;
import org.nd4j.linalg.api.ops.impl.transforms.pairwise.arithmetic.Axpy;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.layer.PlannedVertex;

/**
 * The work of a training step without DL4J around it: the plans of a graph's vertices forward and
 * backward, and the update of all parameters.
 */
final class PlanPass {
  private static final double MOMENTUM = 0.9;
  private static final double DECAY = 5e-4;
  private static final double RATE = 1e-6;

  private final ComputationGraph graph;
  private final INDArray images;
  private final List<PlannedVertex> vertices;
  private INDArray velocity;

  PlanPass(ComputationGraph graph, INDArray images) {
    this.graph = graph;
    this.images = images;
    this.vertices = PlannedVertex.of(graph);
  }

  void run() {
    Map<Integer, INDArray> gradients = new LinkedHashMap<>();
    INDArray features = forward();
    PlannedVertex last = vertices.get(vertices.size() - 1);
    gradients.put(last.getVertexIndex(), features);
    for (int i = vertices.size() - 1; i >= 0; i--) {
      backward(vertices.get(i), gradients);
    }
    update();
  }

  private INDArray forward() {
    Map<Integer, INDArray> values = new LinkedHashMap<>();
    INDArray result = images;
    for (PlannedVertex vertex : vertices) {
      VertexIndices[] inputs = vertex.getInputVertices();
      for (int i = 0; i < inputs.length; i++) {
        vertex.setInput(i, values.getOrDefault(inputs[i].getVertexIndex(), images), null);
      }
      result = vertex.doForward(true, null);
      values.put(vertex.getVertexIndex(), result);
    }
    return result;
  }

  private static void backward(PlannedVertex vertex, Map<Integer, INDArray> gradients) {
    vertex.setEpsilon(gradients.get(vertex.getVertexIndex()));
    INDArray[] inputGradients = vertex.doBackward(false, null).getSecond();
    VertexIndices[] inputs = vertex.getInputVertices();
    for (int i = 0; i < inputs.length; i++) {
      INDArray gradient = inputGradients[i];
      INDArray present = gradients.putIfAbsent(inputs[i].getVertexIndex(), gradient);
      if (present != null) {
        Nd4j.getExecutioner().exec(new AddOp(present, gradient, present));
      }
    }
  }

  private void update() {
    INDArray parameters = graph.params();
    INDArray gradient = graph.getFlattenedGradients();
    if (velocity == null) {
      velocity = Nd4j.zeros(parameters.dataType(), parameters.shape());
    }
    Nd4j.getExecutioner().exec(new Axpy(parameters, gradient, gradient, DECAY));
    velocity.muli(MOMENTUM);
    Nd4j.getExecutioner().exec(new Axpy(gradient, velocity, velocity, 1));
    Nd4j.getExecutioner().exec(new Axpy(velocity, parameters, parameters, -RATE));
  }
}
