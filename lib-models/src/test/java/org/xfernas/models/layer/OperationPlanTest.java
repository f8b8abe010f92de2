package org.xfernas.models.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.xfernas.models.layer.Operation.BatchNorm;
import org.xfernas.models.layer.Operation.Concatenation;
import org.xfernas.models.layer.Operation.Convolution;
import org.xfernas.models.layer.Operation.Depthwise;
import org.xfernas.models.layer.Operation.FactorisedReduction;
import org.xfernas.models.layer.Operation.GlobalAverage;
import org.xfernas.models.layer.Operation.Pooling;
import org.xfernas.models.layer.Operation.Relu;
import org.xfernas.models.layer.Operation.Sum;
import org.xfernas.models.layer.Operation.Zero;
import org.xfernas.search.Seed;

/**
 * Every operation's plan against {@link PlainCell}: results, and in double precision gradients
 * against central differences of PlainCell's results.
 */
class OperationPlanTest {
  private static final int BATCH = 3;
  private static final double GRADIENT_TOLERANCE = 1e-9;

  /** A graph with a name to find it by. */
  record Case(String name, CellGraph graph) {
    @Override
    public String toString() {
      return name;
    }
  }

  static Stream<Case> cases() {
    List<Case> cases = new ArrayList<>();
    for (FeatureShape shape : List.of(new FeatureShape(6, 6, 3), new FeatureShape(7, 5, 2))) {
      cases.add(single(shape, new Relu()));
      cases.add(single(shape, new BatchNorm()));
      cases.add(single(shape, new GlobalAverage()));
      cases.add(single(shape, new FactorisedReduction(5)));
      cases.add(single(shape, new Convolution(1, 7, 1, 2, 4)));
      cases.add(single(shape, new Convolution(3, 1, 2, 1, 4)));
      for (int stride : List.of(1, 2)) {
        for (int kernel : List.of(1, 3)) {
          cases.add(single(shape, Convolution.square(kernel, stride, 4)));
        }
        for (int kernel : List.of(3, 5, 7)) {
          cases.add(single(shape, new Depthwise(kernel, stride, 1)));
          cases.add(single(shape, new Depthwise(kernel, stride, 2)));
        }
        for (Pooling.Kind kind : Pooling.Kind.values()) {
          for (int kernel : List.of(2, 3, 5, 7)) {
            cases.add(single(shape, new Pooling(kind, kernel, stride)));
          }
        }
      }
      cases.add(normalisedPointwise(shape, shape.channels() + 2));
      cases.add(normalisedPointwise(shape, shape.channels() - 1));
      cases.add(joined(shape));
      cases.add(withZeros(shape));
      cases.add(unread(shape));
      cases.add(new Case("the input itself " + shape, CellGraph.on(shape).build(0)));
    }
    return cases.stream();
  }

  private static Case single(FeatureShape shape, Operation operation) {
    CellGraph.Builder graph = CellGraph.on(shape);
    return new Case(operation + " on " + shape, graph.build(graph.add(operation, 0)));
  }

  /** Folded where the filters are at least as many as the inputs. */
  private static Case normalisedPointwise(FeatureShape shape, int filters) {
    CellGraph.Builder graph = CellGraph.on(shape);
    int convolution = graph.add(Convolution.square(1, 1, filters), 0);
    return new Case(
        "1x1 to %d channels and batch norm on %s".formatted(filters, shape),
        graph.build(graph.add(new BatchNorm(), convolution)));
  }

  /** Values read several times, sums of one, two and three terms, and a concatenation. */
  private static Case joined(FeatureShape shape) {
    CellGraph.Builder graph = CellGraph.on(shape, shape);
    int rectified = graph.add(new Relu(), 0);
    int pooled = graph.add(new Pooling(Pooling.Kind.AVERAGE, 3, 1), rectified);
    int doubled = graph.add(new Sum(), rectified, rectified);
    int three = graph.add(new Sum(), pooled, doubled, 1);
    int one = graph.add(new Sum(), three);
    return new Case(
        "sums and concatenation on " + shape,
        graph.build(graph.add(new Concatenation(), one, 1, rectified)));
  }

  private static Case withZeros(FeatureShape shape) {
    CellGraph.Builder graph = CellGraph.on(shape);
    int zero = graph.add(new Zero(1), 0);
    int sum = graph.add(new Sum(), zero, 0, graph.add(new Relu(), zero));
    return new Case(
        "zeros on " + shape, graph.build(graph.add(new Concatenation(), zero, sum, zero)));
  }

  private static Case unread(FeatureShape shape) {
    CellGraph.Builder graph = CellGraph.on(shape, shape);
    graph.add(Convolution.square(3, 1, 2), 1);
    return new Case("dead nodes on " + shape, graph.build(graph.add(new Relu(), 0)));
  }

  static List<double[]> inputs(CellGraph graph, int batch) {
    RandomGenerator random = new Seed(7).generator();
    return graph.inputs().stream()
        .map(shape -> random.doubles(batch * shape.size(), -2, 2).toArray())
        .toList();
  }

  static double[] weights(int length) {
    return new Seed(11).generator().doubles(length, -1, 1).toArray();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void resultsAreThoseOfPlainLoops(Case tested) {
    CellGraph graph = tested.graph();
    List<double[]> inputs = inputs(graph, BATCH);
    double[] parameters = CellRunner.initialParameters(graph);
    for (boolean training : List.of(true, false)) {
      double[] expected = PlainCell.forward(graph, BATCH, training, parameters, inputs);
      try (CellRunner doubles = new CellRunner(graph, DataType.DOUBLE, BATCH);
          CellRunner floats = new CellRunner(graph, DataType.FLOAT, BATCH)) {
        assertThat(doubles.forward(training, inputs)).containsExactly(expected, within(1e-9));
        assertThat(floats.forward(training, inputs)).containsExactly(expected, within(1e-3));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void gradientsAreCentralDifferences(Case tested) {
    CellGraph graph = tested.graph();
    List<double[]> inputs = inputs(graph, BATCH);
    double[] parameters = CellRunner.initialParameters(graph);
    try (CellRunner runner = new CellRunner(graph, DataType.DOUBLE, BATCH)) {
      double[] weights = weights(runner.forward(true, inputs).length);
      CellRunner.Gradients gradients = runner.backward(weights);
      Loss loss = new Loss(graph, parameters, inputs, weights);
      assertThat(gradients.trainable())
          .containsExactly(
              loss.differences(parameters, gradients.trainable().length), within(1e-6));
      for (int i = 0; i < inputs.size(); i++) {
        double[] input = inputs.get(i);
        assertThat(gradients.inputs().get(i))
            .containsExactly(loss.differences(input, input.length), within(1e-6));
      }
    }
  }

  /** The stem of a network: its kernel's windows are laid side by side where that is cheaper. */
  /** A batch of two has as many rows as there are channels. */
  @Test
  void plansOfTwoBatchSizesLeaveEachOtherAlone() {
    CellGraph.Builder builder = CellGraph.on(new FeatureShape(2, 2, 8));
    int first = builder.add(new BatchNorm(), builder.add(Convolution.square(3, 1, 8), 0));
    int second = builder.add(Convolution.square(3, 1, 8), builder.add(new Relu(), first));
    CellGraph graph = builder.build(builder.add(new BatchNorm(), second));
    List<Integer> batches = List.of(3, 2, 3, 2);
    try (CellRunner shared = new CellRunner(graph, DataType.DOUBLE, 3)) {
      List<CellRunner> runners = List.of(shared, shared.withBatch(2));
      for (int batch : batches) {
        try (CellRunner alone = new CellRunner(graph, DataType.DOUBLE, batch)) {
          assertThat(gradients(runners.get(3 - batch), graph, batch).trainable())
              .containsExactly(
                  gradients(alone, graph, batch).trainable(), within(GRADIENT_TOLERANCE));
        }
      }
    }
  }

  private static CellRunner.Gradients gradients(CellRunner runner, CellGraph graph, int batch) {
    double[] output = runner.forward(true, inputs(graph, batch));
    return runner.backward(weights(output.length));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aFirstConvolutionIsFoldedToo(int stride) {
    CellGraph.Builder builder = CellGraph.on(new FeatureShape(5, 6, 1));
    int convolution = builder.add(Convolution.square(3, stride, 10), 0);
    CellGraph graph =
        builder.build(builder.add(new Relu(), builder.add(new BatchNorm(), convolution)));
    List<double[]> inputs = inputs(graph, BATCH);
    double[] parameters = CellRunner.initialParameters(graph);
    try (CellRunner runner = CellRunner.withoutInputGradients(graph, DataType.DOUBLE, BATCH)) {
      for (boolean training : List.of(false, true)) {
        double[] expected = PlainCell.forward(graph, BATCH, training, parameters, inputs);
        assertThat(runner.forward(training, inputs)).containsExactly(expected, within(1e-9));
      }
      double[] weights = weights(runner.forward(true, inputs).length);
      double[] gradient = runner.backward(weights).trainable();
      Loss loss = new Loss(graph, parameters, inputs, weights);
      assertThat(gradient)
          .containsExactly(loss.differences(parameters, gradient.length), within(1e-6));
    }
  }

  /** A weighted sum of a cell's results. */
  private record Loss(
      CellGraph graph, double[] parameters, List<double[]> inputs, double[] weights) {
    private static final double STEP = 1e-5;

    double value() {
      double[] results = PlainCell.forward(graph, BATCH, true, parameters, inputs);
      double sum = 0;
      for (int i = 0; i < results.length; i++) {
        sum += weights[i] * results[i];
      }
      return sum;
    }

    /** Derivatives by the first {@code count} of {@code variables}, which the loss depends on. */
    double[] differences(double[] variables, int count) {
      double[] derivatives = new double[count];
      for (int i = 0; i < count; i++) {
        double kept = variables[i];
        variables[i] = kept + STEP;
        double above = value();
        variables[i] = kept - STEP;
        double below = value();
        variables[i] = kept;
        derivatives[i] = (above - below) / (2 * STEP);
      }
      return derivatives;
    }
  }
}
