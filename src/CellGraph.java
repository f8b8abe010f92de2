package org.xfernas.models.layer;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * A small program: what one vertex of a network computes of its inputs. Values are numbered: first
 * the inputs, then the nodes in order; a node reads earlier values.
 *
 * @param inputs shapes of the inputs
 * @param nodes operations in an order of execution
 * @param output number of the value that is the result
 */
public record CellGraph(List<FeatureShape> inputs, List<Node> nodes, int output)
    implements Serializable {

  /**
   * One operation on earlier values.
   *
   * @param operation what is computed
   * @param inputs numbers of the values read, at least one
   */
  public record Node(Operation operation, List<Integer> inputs) implements Serializable {
    public Node {
      inputs = List.copyOf(inputs);
    }
  }

  public CellGraph {
    inputs = List.copyOf(inputs);
    nodes = List.copyOf(nodes);
  }

  /** Starts a graph on inputs of these shapes. */
  public static Builder on(FeatureShape... inputs) {
    return new Builder(List.of(inputs));
  }

  /** Shapes of all values. */
  List<FeatureShape> shapes() {
    List<FeatureShape> shapes = new ArrayList<>(inputs);
    for (Node node : nodes) {
      shapes.add(node.operation().output(node.inputs().stream().map(shapes::get).toList()));
    }
    return shapes;
  }

  /** Shape of the result. */
  public FeatureShape outputShape() {
    return shapes().get(output);
  }

  /** Number of the value that node {@code node} makes. */
  int value(int node) {
    return inputs.size() + node;
  }

  /** Parameters of each node. */
  List<List<Parameter>> parameters() {
    List<FeatureShape> shapes = shapes();
    return nodes.stream()
        .map(node -> node.operation().parameters(shapes.get(node.inputs().get(0))))
        .toList();
  }

  /** Trainable parameters, those of dead nodes included. */
  public long trainableParameters() {
    return count(true);
  }

  /** Running statistics, which training does not learn by gradients. */
  long statistics() {
    return count(false);
  }

  private long count(boolean trainable) {
    return parameters().stream()
        .flatMap(List::stream)
        .filter(parameter -> parameter.kind().trainable() == trainable)
        .mapToLong(Parameter::length)
        .sum();
  }

  /** Multiply-accumulates of one image, those of dead nodes included. */
  public long flops() {
    List<FeatureShape> shapes = shapes();
    return nodes.stream()
        .mapToLong(node -> node.operation().flops(shapes.get(node.inputs().get(0))))
        .sum();
  }

  /**
   * Which values are zero whatever the inputs: zeros, and what is computed of zeros alone. (R) The
   * shift of a batch norm that reads zeros alone is left out with it, so that an edge that nothing
   * reaches is no edge.
   */
  boolean[] zeros() {
    boolean[] zero = new boolean[inputs.size() + nodes.size()];
    for (int node = 0; node < nodes.size(); node++) {
      zero[value(node)] =
          nodes.get(node).operation() instanceof Operation.Zero
              || nodes.get(node).inputs().stream().allMatch(value -> zero[value]);
    }
    return zero;
  }

  /** Which values the result depends on, zeros left out. */
  boolean[] live() {
    boolean[] zero = zeros();
    boolean[] live = new boolean[zero.length];
    live[output] = !zero[output];
    for (int node = nodes.size() - 1; node >= 0; node--) {
      if (live[value(node)]) {
        for (int value : nodes.get(node).inputs()) {
          live[value] |= !zero[value];
        }
      }
    }
    return live;
  }

  /** Collects nodes in order. */
  public static final class Builder {
    private final List<FeatureShape> inputs;
    private final List<FeatureShape> shapes;
    private final List<Node> nodes = new ArrayList<>();

    private Builder(List<FeatureShape> inputs) {
      this.inputs = inputs;
      this.shapes = new ArrayList<>(inputs);
    }

    /** Adds a node on earlier values and returns the number of its value. */
    public int add(Operation operation, Integer... values) {
      return add(operation, List.of(values));
    }

    /** Adds a node on earlier values and returns the number of its value. */
    public int add(Operation operation, List<Integer> values) {
      List<FeatureShape> read = values.stream().map(shapes::get).toList();
      nodes.add(new Node(operation, values));
      shapes.add(operation.output(read));
      return shapes.size() - 1;
    }

    /** Shape of a value. */
    public FeatureShape shape(int value) {
      return shapes.get(value);
    }

    /** The graph with this value as its result. */
    public CellGraph build(int output) {
      return new CellGraph(inputs, nodes, output);
    }
  }
}
