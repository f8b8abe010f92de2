package org.xfernas.models.network;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xfernas.models.layer.CellGraph;
import org.xfernas.models.layer.Operation.BatchNorm;
import org.xfernas.models.layer.Operation.Convolution;
import org.xfernas.models.layer.Operation.Depthwise;
import org.xfernas.models.layer.Operation.FactorisedReduction;
import org.xfernas.models.layer.Operation.Pooling;
import org.xfernas.models.layer.Operation.Relu;
import org.xfernas.models.layer.Operation.Zero;

/**
 * What the names of a space's operations mean: NAO's 19 (convolutions in the order ReLU,
 * convolution, batch norm; separable ones applied twice) and NAS-Bench-201's five. All keep the
 * number of channels.
 */
final class CellOperations {
  private static final int DILATION = 2;
  private static final Map<String, Template> TEMPLATES = templates();

  private final CellGraph.Builder cell;
  private final Map<Integer, Integer> rectified = new TreeMap<>();

  /** Collects operations in {@code cell}. */
  CellOperations(CellGraph.Builder cell) {
    this.cell = cell;
  }

  /** How an operation is put together of nodes. */
  @FunctionalInterface
  private interface Template {
    int add(CellOperations operations, int input, int stride);
  }

  private static Map<String, Template> templates() {
    Map<String, Template> templates = new TreeMap<>();
    for (String name : List.of("identity", "skip_connect")) {
      templates.put(name, CellOperations::identity);
    }
    templates.put(
        "none", (operations, input, stride) -> operations.cell.add(new Zero(stride), input));
    for (int kernel : List.of(1, 3)) {
      Template convolution =
          (operations, input, stride) -> operations.convolution(input, kernel, stride);
      templates.put("conv_%dx%d".formatted(kernel, kernel), convolution);
      templates.put("nor_conv_%dx%d".formatted(kernel, kernel), convolution);
    }
    for (int kernel : List.of(3, 7)) {
      templates.put(
          "conv_1x%d_%dx1".formatted(kernel, kernel),
          (operations, input, stride) -> operations.split(input, kernel, stride));
    }
    for (int kernel : List.of(3, 5, 7)) {
      templates.put(
          "sep_conv_%dx%d".formatted(kernel, kernel),
          (operations, input, stride) ->
              operations.separable(operations.separable(input, kernel, stride, 1), kernel, 1, 1));
      templates.put(
          "dil_sep_conv_%dx%d".formatted(kernel, kernel),
          (operations, input, stride) -> operations.separable(input, kernel, stride, DILATION));
    }
    putPoolings(templates, "max", Pooling.Kind.MAX, List.of(2, 3, 5, 7));
    putPoolings(templates, "avg", Pooling.Kind.AVERAGE, List.of(2, 3, 5));
    putPoolings(templates, "min", Pooling.Kind.MIN, List.of(2));
    return templates;
  }

  private static void putPoolings(
      Map<String, Template> templates, String name, Pooling.Kind kind, List<Integer> kernels) {
    for (int kernel : kernels) {
      templates.put(
          "%s_pool_%dx%d".formatted(name, kernel, kernel),
          (operations, input, stride) ->
              operations.cell.add(new Pooling(kind, kernel, stride), input));
    }
  }

  /** Names of the operations that networks can be built of, sorted. */
  static Set<String> names() {
    return TEMPLATES.keySet();
  }

  /**
   * Adds an operation by its name.
   *
   * @return the number of its value
   */
  int add(String name, int input, int stride) {
    Template template = TEMPLATES.get(name);
    if (template == null) {
      throw new IllegalArgumentException(
          "Cannot build a network: unknown operation (operation=%s). Known operations: %s"
              .formatted(name, String.join(", ", names())));
    }
    return template.add(this, input, stride);
  }

  private int identity(int input, int stride) {
    return stride == 1 ? input : factorisedReduction(relu(input), channels(input));
  }

  private int convolution(int input, int kernel, int stride) {
    return normalised(Convolution.square(kernel, stride, channels(input)), relu(input));
  }

  private int split(int input, int kernel, int stride) {
    int filters = channels(input);
    int row = normalised(new Convolution(1, kernel, 1, stride, filters), relu(input));
    return normalised(new Convolution(kernel, 1, stride, 1, filters), relu(row));
  }

  private int separable(int input, int kernel, int stride, int dilation) {
    int depthwise = cell.add(new Depthwise(kernel, stride, dilation), relu(input));
    return normalised(Convolution.square(1, 1, channels(input)), depthwise);
  }

  /** A convolution and its batch norm. */
  int normalised(Convolution convolution, int input) {
    return cell.add(new BatchNorm(), cell.add(convolution, input));
  }

  /** A factorised reduction and its batch norm. */
  int factorisedReduction(int input, int filters) {
    return cell.add(new BatchNorm(), cell.add(new FactorisedReduction(filters), input));
  }

  /** Rectified linear units, one for all readers of a value. */
  int relu(int input) {
    return rectified.computeIfAbsent(input, value -> cell.add(new Relu(), value));
  }

  private int channels(int value) {
    return cell.shape(value).channels();
  }
}
