package org.xfernas.models.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.xfernas.models.layer.Operation.BatchNorm;
import org.xfernas.models.layer.Operation.Convolution;
import org.xfernas.models.layer.Operation.Depthwise;
import org.xfernas.models.layer.Operation.FactorisedReduction;
import org.xfernas.models.layer.Operation.Pooling;
import org.xfernas.models.layer.Operation.Relu;
import org.xfernas.models.layer.Operation.Sum;

/**
 * Gradients in single precision, which take other kernels (oneDNN, the Vector API), against those
 * in double precision, on shapes as they occur in networks.
 */
class FloatGradientTest {
  private static final int BATCH = 5;

  static Stream<OperationPlanTest.Case> cases() {
    List<OperationPlanTest.Case> cases = new ArrayList<>();
    for (FeatureShape shape :
        List.of(
            new FeatureShape(14, 14, 8),
            new FeatureShape(7, 7, 16),
            new FeatureShape(9, 6, 36),
            new FeatureShape(4, 4, 33),
            new FeatureShape(2, 3, 1))) {
      for (int stride : List.of(1, 2)) {
        cases.add(separable(shape, 3, stride, 1));
        cases.add(separable(shape, 5, stride, 1));
        cases.add(separable(shape, 7, stride, 1));
        // Too large for the Vector API's loops: libnd4j's own gradient.
        cases.add(separable(shape, 9, stride, 1));
        cases.add(separable(shape, 3, stride, 2));
        cases.add(separable(shape, 5, stride, 2));
        cases.add(separable(shape, 7, stride, 2));
        cases.add(convolution(shape, Convolution.square(3, stride, shape.channels())));
        cases.add(convolution(shape, new Convolution(1, 7, 1, stride, shape.channels())));
        cases.add(convolution(shape, new Convolution(7, 1, stride, 1, shape.channels())));
        for (Pooling.Kind kind : Pooling.Kind.values()) {
          for (int kernel : List.of(2, 3, 5, 7)) {
            cases.add(pooling(shape, new Pooling(kind, kernel, stride)));
          }
        }
      }
      cases.add(reduction(shape));
    }
    return cases.stream();
  }

  private static OperationPlanTest.Case separable(
      FeatureShape shape, int kernel, int stride, int dilation) {
    CellGraph.Builder graph = CellGraph.on(shape);
    int rectified = graph.add(new Relu(), 0);
    int depthwise = graph.add(new Depthwise(kernel, stride, dilation), rectified);
    int pointwise = graph.add(Convolution.square(1, 1, shape.channels()), depthwise);
    return new OperationPlanTest.Case(
        "separable %d stride %d dilation %d on %s".formatted(kernel, stride, dilation, shape),
        graph.build(graph.add(new BatchNorm(), pointwise)));
  }

  private static OperationPlanTest.Case convolution(FeatureShape shape, Convolution convolution) {
    CellGraph.Builder graph = CellGraph.on(shape);
    int result = graph.add(convolution, graph.add(new Relu(), 0));
    return new OperationPlanTest.Case(
        convolution + " on " + shape, graph.build(graph.add(new BatchNorm(), result)));
  }

  private static OperationPlanTest.Case pooling(FeatureShape shape, Pooling pooling) {
    CellGraph.Builder graph = CellGraph.on(shape);
    return new OperationPlanTest.Case(pooling + " on " + shape, graph.build(graph.add(pooling, 0)));
  }

  private static OperationPlanTest.Case reduction(FeatureShape shape) {
    CellGraph.Builder graph = CellGraph.on(shape);
    int reduced = graph.add(new FactorisedReduction(shape.channels() + 1), 0);
    int normalised = graph.add(new BatchNorm(), reduced);
    return new OperationPlanTest.Case(
        "factorised reduction on " + shape,
        graph.build(graph.add(new Sum(), normalised, graph.add(new Relu(), normalised))));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreThoseInDoublePrecision(OperationPlanTest.Case tested) {
    CellRunner.Gradients doubles = gradients(tested.graph(), DataType.DOUBLE);
    CellRunner.Gradients floats = gradients(tested.graph(), DataType.FLOAT);
    assertClose(floats.trainable(), doubles.trainable());
    assertClose(floats.statistics(), doubles.statistics());
    assertClose(floats.inputs().get(0), doubles.inputs().get(0));
  }

  /** Runs twice, so that buffers with the first pass's numbers in them would show. */
  private static CellRunner.Gradients gradients(CellGraph graph, DataType type) {
    List<double[]> inputs = OperationPlanTest.inputs(graph, BATCH);
    try (CellRunner runner = new CellRunner(graph, type, BATCH)) {
      double[] weights = OperationPlanTest.weights(runner.forward(true, inputs).length);
      runner.backward(weights);
      runner.forward(true, inputs);
      return runner.backward(weights);
    }
  }

  private static void assertClose(double[] actual, double[] expected) {
    double difference = 0;
    double norm = 0;
    for (int i = 0; i < expected.length; i++) {
      difference += (actual[i] - expected[i]) * (actual[i] - expected[i]);
      norm += expected[i] * expected[i];
    }
    assertThat(Math.sqrt(difference)).isLessThanOrEqualTo(1e-4 * Math.sqrt(norm) + 1e-5);
  }
}
