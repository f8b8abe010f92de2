package org.xfernas.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;

/**
 * Whole networks, with all 19 operations of the block cells and all five of NAS-Bench-201, against
 * PyTorch in double precision. The expected values are what src/test/python/torch_networks.py
 * prints.
 */
class TorchNetworksTest {
  private static final int UPDATES = 5;
  private static final Optimization NONE = new Optimization(0, 0, 1, 0, 0, 0);
  private static final Optimization CLIPPED = new Optimization(0.05, 0.01, UPDATES, 0.9, 5e-3, 1.0);
  private static final int BATCH = 4;
  private static final int CLASSES = 3;

  private static final Architecture A =
      Cells.SPACE.parse(
          "normal[0 sep_conv_3x3 + 1 identity | 0 sep_conv_5x5 + 1 max_pool_3x3"
              + " | 1 avg_pool_3x3 + 2 conv_1x1 | 2 dil_sep_conv_3x3 + 3 identity"
              + " | 0 conv_3x3 + 4 sep_conv_7x7]"
              + " reduction[0 conv_3x3 + 1 sep_conv_3x3 | 0 max_pool_3x3 + 1 conv_1x7_7x1"
              + " | 1 sep_conv_5x5 + 2 identity | 0 avg_pool_3x3 + 3 conv_1x3_3x1"
              + " | 2 max_pool_2x2 + 4 sep_conv_3x3]");
  private static final Architecture B =
      Cells.SPACE.parse(
          "normal[0 conv_1x7_7x1 + 1 dil_sep_conv_5x5 | 0 max_pool_2x2 + 2 max_pool_5x5"
              + " | 1 max_pool_7x7 + 2 avg_pool_2x2 | 3 avg_pool_5x5 + 4 min_pool_2x2"
              + " | 1 conv_1x3_3x1 + 1 dil_sep_conv_7x7]"
              + " reduction[0 sep_conv_7x7 + 1 dil_sep_conv_3x3 | 0 max_pool_2x2 + 1 max_pool_5x5"
              + " | 1 max_pool_7x7 + 0 avg_pool_2x2 | 1 avg_pool_5x5 + 0 min_pool_2x2"
              + " | 0 identity + 1 conv_1x1]");
  private static final EdgeCellSpace EDGE_CELLS =
      new EdgeCellSpace(
          4, List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));
  private static final Architecture C =
      EDGE_CELLS.parse(
          "|nor_conv_3x3~0|+|nor_conv_1x1~0|avg_pool_3x3~1|"
              + "+|skip_connect~0|none~1|nor_conv_3x3~2|");
  private static final Architecture D =
      EDGE_CELLS.parse(
          "|avg_pool_3x3~0|+|skip_connect~0|nor_conv_1x1~1|"
              + "+|none~0|skip_connect~1|nor_conv_3x3~2|");

  /** What PyTorch computes. */
  record Expected(
      long parameters,
      double loss,
      double gradientNorm,
      double probe,
      double inference,
      double trained) {}

  static Stream<Arguments> networks() {
    ImageShape even = new ImageShape(8, 8, 3);
    ImageShape odd = new ImageShape(7, 9, 2);
    return Stream.of(
        Arguments.of(
            A,
            even,
            new Expected(
                27291, 1.2247590144, 21.6788353557, 0.6194039121, 0.3457366367, 0.9558732951)),
        Arguments.of(
            A,
            odd,
            new Expected(
                27183, 1.1642973961, 15.9879843153, 0.0943608318, 0.2345832643, 0.9856503290)),
        Arguments.of(
            B,
            even,
            new Expected(
                17935, 1.1626439698, 8.7720314170, 0.3901794525, 0.3834443893, 0.6448717470)),
        Arguments.of(
            B,
            odd,
            new Expected(
                17827, 1.4905479243, 15.3944996984, 2.1085270944, 0.2250387078, 0.9352234917)),
        Arguments.of(
            C,
            even,
            new Expected(
                11327, 1.0307603786, 3.3502150436, -0.2487055777, 0.4876315123, 0.9031124430)),
        Arguments.of(
            C,
            odd,
            new Expected(
                11291, 1.2004143782, 1.6227927942, 0.2699135259, 0.2151048801, 1.0621666317)),
        Arguments.of(
            D,
            even,
            new Expected(
                8247, 1.1179641665, 4.9729659321, -1.0535199646, 0.3571008023, 0.9168823657)),
        Arguments.of(
            D,
            odd,
            new Expected(
                8211, 1.0189371948, 3.0076970023, 0.5166599134, 0.4624022978, 0.9891936056)));
  }

  @ParameterizedTest
  @MethodSource("networks")
  void lossGradientAndInferenceAreThoseOfPyTorch(
      Architecture architecture, ImageShape shape, Expected expected) {
    assertThat(network(architecture, shape).parameters()).isEqualTo(expected.parameters());
    ComputationGraph graph = graph(architecture, shape, NONE, DataType.DOUBLE);
    DataSet data = data(shape, DataType.DOUBLE);
    double[] gradient = gradient(graph, data);
    assertThat(graph.score()).isCloseTo(expected.loss(), within(1e-8));
    assertThat(norm(gradient)).isCloseTo(expected.gradientNorm(), within(1e-6));
    assertThat(probe(gradient)).isCloseTo(expected.probe(), within(1e-6));

    graph.fit(data);
    assertThat(graph.outputSingle(data.getFeatures()).getDouble(0, 0))
        .isCloseTo(expected.inference(), within(1e-8));
    CandidateNetwork.close(graph);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void singlePrecisionIsClose(Architecture architecture, ImageShape shape, Expected expected) {
    ComputationGraph graph = graph(architecture, shape, NONE, DataType.FLOAT);
    double[] gradient = gradient(graph, data(shape, DataType.FLOAT));
    assertThat(graph.score()).isCloseTo(expected.loss(), withinPercentage(0.01));
    assertThat(norm(gradient)).isCloseTo(expected.gradientNorm(), withinPercentage(0.1));
    CandidateNetwork.close(graph);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void trainingIsThatOfPyTorch(Architecture architecture, ImageShape shape, Expected expected) {
    ComputationGraph graph = graph(architecture, shape, CLIPPED, DataType.DOUBLE);
    DataSet data = data(shape, DataType.DOUBLE);
    for (int update = 0; update < UPDATES; update++) {
      graph.fit(data);
    }
    assertThat(graph.score(data, true)).isCloseTo(expected.trained(), within(1e-7));
    CandidateNetwork.close(graph);
  }

  private static CandidateNetwork network(Architecture architecture, ImageShape shape) {
    return CandidateNetwork.of(architecture, new NetworkSettings(4, 1), shape, CLASSES);
  }

  private static ComputationGraph graph(
      Architecture architecture, ImageShape shape, Optimization optimization, DataType type) {
    ComputationGraph graph =
        new ComputationGraph(
            network(architecture, shape).configuration(optimization, new Seed(1), type));
    graph.init();
    setParameters(graph);
    return graph;
  }

  private static double norm(double[] gradient) {
    return Math.sqrt(DoubleStream.of(gradient).map(g -> g * g).sum());
  }

  private static double probe(double[] gradient) {
    return IntStream.range(0, gradient.length)
        .mapToDouble(i -> gradient[i] * Math.sin(i + 1))
        .sum();
  }

  private static void setParameters(ComputationGraph graph) {
    int position = 0;
    for (INDArray parameters : trained(graph)) {
      double[] values = new double[Math.toIntExact(parameters.length())];
      for (int i = 0; i < values.length; i++) {
        values[i] = 0.5 * Math.sin(++position);
      }
      parameters.assign(Nd4j.createFromArray(values).reshape('c', parameters.shape()));
    }
  }

  /** What is trained, in the order of the graph. */
  private static List<INDArray> trained(ComputationGraph graph) {
    return inOrder(graph, (vertex, name) -> vertex.paramTable(false).get(name));
  }

  /** The gradient of the mean loss, in the order of {@link #trained}. */
  private static double[] gradient(ComputationGraph graph, DataSet data) {
    graph.setInputs(data.getFeatures());
    graph.setLabels(data.getLabels());
    graph.computeGradientAndScore();
    List<INDArray> gradients =
        inOrder(
            graph,
            (vertex, name) -> graph.gradient().getGradientFor(vertex.getVertexName() + "_" + name));
    return gradients.stream()
        .flatMapToDouble(array -> DoubleStream.of(Nd4j.toFlattened('c', array).toDoubleVector()))
        .map(sum -> sum / BATCH)
        .toArray();
  }

  private static List<INDArray> inOrder(
      ComputationGraph graph, BiFunction<GraphVertex, String, INDArray> array) {
    List<INDArray> arrays = new ArrayList<>();
    for (GraphVertex vertex : graph.getVertices()) {
      Map<String, INDArray> table = vertex.paramTable(false);
      for (String name : List.of("trainable", "W", "b")) {
        if (table != null && table.containsKey(name)) {
          arrays.add(array.apply(vertex, name));
        }
      }
    }
    return arrays;
  }

  private static DataSet data(ImageShape shape, DataType type) {
    double[] pixels = IntStream.range(0, BATCH * shape.size()).mapToDouble(Math::cos).toArray();
    INDArray images =
        Nd4j.createFromArray(pixels)
            .castTo(type)
            .reshape('c', BATCH, shape.height(), shape.width(), shape.channels());
    INDArray labels = Nd4j.zeros(type, BATCH, CLASSES);
    for (int n = 0; n < BATCH; n++) {
      labels.putScalar(n, n % CLASSES, 1);
    }
    return new DataSet(images, labels);
  }
}
