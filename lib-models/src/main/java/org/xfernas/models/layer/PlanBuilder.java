package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.xfernas.models.layer.Operation.BatchNorm;
import org.xfernas.models.layer.Operation.Concatenation;
import org.xfernas.models.layer.Operation.Convolution;

/**
 * Turns a {@link CellGraph} into lists of steps for batches of one size: live nodes only, in order;
 * then their gradients in reverse order. A convolution that a batch norm alone reads is folded into
 * it where that is the cheaper way.
 */
final class PlanBuilder {
  private final CellGraph graph;
  private final long batch;
  private final boolean inputGradients;
  private final CellParameters parameters;
  private final Tensor[] values;
  private final boolean[] zero;
  private final int[] readers;
  private final List<OperationPlan> operations = new ArrayList<>();
  private final List<PlanStep> training = new ArrayList<>();
  private final List<PlanStep> inference = new ArrayList<>();

  private final List<PlanStep> backward = new ArrayList<>();
  private final Map<Tensor, Gradient> gradientOf = new IdentityHashMap<>();
  private final List<INDArray> scratch = new ArrayList<>();
  private final Tensor outputGradient;
  private CellParameters gradients;
  private ScratchPool pool;

  private PlanMemory memory;
  private final Map<Long, INDArray> ones = new TreeMap<>();

  /** A gradient that is being summed up; {@code pooled} is null where the memory is its own. */
  private static final class Gradient {
    final Tensor tensor;
    final INDArray pooled;
    int holders = 1;

    Gradient(Tensor tensor, INDArray pooled) {
      this.tensor = tensor;
      this.pooled = pooled;
    }
  }

  /**
   * Plans the forward pass.
   *
   * @param inputGradients whether anybody wants the gradients of the inputs
   */
  PlanBuilder(
      CellGraph graph,
      long batch,
      boolean inputGradients,
      CellParameters parameters,
      PlanMemory memory) {
    this.graph = graph;
    this.batch = batch;
    this.inputGradients = inputGradients;
    this.parameters = parameters;
    this.memory = memory;
    List<FeatureShape> shapes = graph.shapes();
    values = new Tensor[shapes.size()];
    zero = graph.zeros();
    readers = new int[shapes.size()];
    outputGradient = new Tensor(graph.outputShape(), batch);
    memory.rewind();
    planForward(shapes);
  }

  private void planForward(List<FeatureShape> shapes) {
    boolean[] live = graph.live();
    readers[graph.output()]++;
    for (int node = 0; node < graph.nodes().size(); node++) {
      if (live[graph.value(node)]) {
        graph.nodes().get(node).inputs().forEach(value -> readers[value]++);
      }
    }
    for (int input = 0; input < graph.inputs().size(); input++) {
      values[input] = new Tensor(shapes.get(input), batch);
    }
    for (int node = 0; node < graph.nodes().size(); node++) {
      int value = graph.value(node);
      if (live[value] && !absorbed(node)) {
        values[value] = allocate(shapes.get(value));
        OperationPlan operation = plan(node);
        operations.add(operation);
        operation.forward(this);
      }
    }
    if (values[graph.output()] == null) {
      values[graph.output()] = allocate(graph.outputShape());
    }
  }

  /** Whether the batch norm that follows computes this node with it. */
  private boolean absorbed(int node) {
    int next = node + 1;
    return next < graph.nodes().size()
        && graph.nodes().get(next).inputs().equals(List.of(graph.value(node)))
        && folds(next);
  }

  private boolean folds(int node) {
    if (!(graph.nodes().get(node).operation() instanceof BatchNorm)
        || graph.nodes().get(node).inputs().get(0) != graph.value(node - 1)
        || readers[graph.value(node - 1)] != 1
        || !(graph.nodes().get(node - 1).operation() instanceof Convolution convolution)) {
      return false;
    }
    int read = graph.nodes().get(node - 1).inputs().get(0);
    int window = convolution.window(graph.shapes().get(read).channels());
    boolean fromInput = read < graph.inputs().size();
    return window <= convolution.filters()
        && (convolution.pointwise() || (fromInput && !inputGradients));
  }

  private OperationPlan plan(int node) {
    Operation operation = graph.nodes().get(node).operation();
    if (node == 0 || !folds(node)) {
      return operation.plan(site(node, graph.nodes().get(node).inputs()));
    }
    CellGraph.Node folded = graph.nodes().get(node - 1);
    return new FoldedConvolutionPlan(
        site(node, folded.inputs()), (Convolution) folded.operation(), node - 1);
  }

  private OperationPlan.Site site(int node, List<Integer> inputs) {
    boolean keepZeros = graph.nodes().get(node).operation() instanceof Concatenation;
    List<Tensor> read = new ArrayList<>();
    for (int value : inputs) {
      if (zero[value] && keepZeros && values[value] == null) {
        values[value] = allocate(graph.shapes().get(value));
      }
      if (!zero[value] || keepZeros) {
        read.add(values[value]);
      }
    }
    return new OperationPlan.Site(node, read, values[graph.value(node)]);
  }

  /**
   * Plans the backward pass.
   *
   * @param gradients where the parameters' gradients go
   * @param ownMemory for what outlives the pass
   * @param sharedPool for what does not
   * @return gradients of the inputs; null where nobody wants them
   */
  List<Tensor> planBackward(
      CellParameters gradients, PlanMemory ownMemory, ScratchPool sharedPool) {
    this.gradients = gradients;
    this.pool = sharedPool;
    this.memory = ownMemory;
    memory.rewind();
    ones.clear();
    Tensor output = values[graph.output()];
    if (graph.output() < graph.inputs().size()) {
      copyGradient("identity", outputGradient, output);
    } else {
      gradientOf.put(output, new Gradient(outputGradient, null));
    }
    for (int i = operations.size() - 1; i >= 0; i--) {
      operations.get(i).backward(this);
      release(gradientOf.get(operations.get(i).output()));
      scratch.forEach(pool::giveBack);
      scratch.clear();
    }
    return inputGradients ? List.of(inputs()).stream().map(this::inputGradient).toList() : null;
  }

  private Tensor inputGradient(Tensor input) {
    if (!gradientOf.containsKey(input)) {
      contribute(
          input, gradient -> backward(PlanStep.of("zero", () -> gradient.array().assign(0))));
    }
    return gradientOf.get(input).tensor;
  }

  private void release(Gradient gradient) {
    if (--gradient.holders == 0 && gradient.pooled != null) {
      pool.giveBack(gradient.pooled);
    }
  }

  /** Whether the gradient of a value is wanted. */
  boolean wantsGradient(Tensor value) {
    return isInput(value) ? inputGradients : !zero[indexOf(value)];
  }

  /** The gradient of an operation's output, complete. */
  Tensor gradientOf(Tensor output) {
    return gradientOf.get(output).tensor;
  }

  /** Adds a contribution to the gradient of a value: {@code write} adds the steps that write it. */
  void contribute(Tensor value, Consumer<Tensor> write) {
    Gradient sum = gradientOf.get(value);
    if (sum == null) {
      Gradient first = openGradient(value);
      gradientOf.put(value, first);
      write.accept(first.tensor);
    } else {
      Tensor further = scratch(value.shape());
      write.accept(further);
      INDArray total = sum.tensor.array();
      backward(
          new NativeStep(
              "accumulate gradients", "add", List.of(() -> total, further::array), List.of(total)));
    }
  }

  private Gradient openGradient(Tensor value) {
    if (isInput(value)) {
      INDArray own =
          memory.allocate(
              batch, value.shape().height(), value.shape().width(), value.shape().channels());
      return new Gradient(new Tensor(value.shape(), own), null);
    }
    INDArray pooled = pool.take(value.shape(), batch);
    return new Gradient(new Tensor(value.shape(), pooled), pooled);
  }

  /** Passes the gradient of {@code output} on to a value unchanged. */
  void passGradient(String label, Tensor output, Tensor value) {
    Gradient gradient = gradientOf.get(output);
    if (readers[indexOf(value)] == 1 && !isInput(value)) {
      gradient.holders++;
      gradientOf.put(value, gradient);
    } else if (gradientOf.containsKey(value)) {
      INDArray total = gradientOf.get(value).tensor.array();
      Tensor further = gradient.tensor;
      backward(
          new NativeStep(
              label + " backward", "add", List.of(() -> total, further::array), List.of(total)));
    } else {
      copyGradient(label, gradient.tensor, value);
    }
  }

  private void copyGradient(String label, Tensor from, Tensor value) {
    if (wantsGradient(value)) {
      contribute(
          value,
          gradient ->
              backward(
                  PlanStep.of(label + " backward", () -> gradient.array().assign(from.array()))));
    }
  }

  private int indexOf(Tensor value) {
    for (int i = 0; i < values.length; i++) {
      if (values[i] == value) {
        return i;
      }
    }
    throw new IllegalArgumentException("Not a value of this cell");
  }

  private boolean isInput(Tensor value) {
    return indexOf(value) < graph.inputs().size();
  }

  /** Adds a step to the forward pass. */
  void forward(PlanStep step) {
    training(step);
    inference(step);
  }

  /** Adds a step to the forward pass of training only. */
  void training(PlanStep step) {
    training.add(step);
  }

  /** Adds a step to the forward pass of inference only. */
  void inference(PlanStep step) {
    inference.add(step);
  }

  /** Adds a step to the backward pass. */
  void backward(PlanStep step) {
    backward.add(step);
  }

  /** Feature maps that stay until the next pass. */
  Tensor allocate(FeatureShape shape) {
    return new Tensor(
        shape, memory.allocate(batch, shape.height(), shape.width(), shape.channels()));
  }

  /** A small array that stays until the next pass. */
  INDArray allocate(long... shape) {
    return memory.allocate(shape);
  }

  /** Feature maps for the steps of one operation's backward pass. */
  Tensor scratch(FeatureShape shape) {
    INDArray array = pool.take(shape, batch);
    scratch.add(array);
    return new Tensor(shape, array);
  }

  /**
   * A row of ones, [1, rows], for feature maps of so many rows. Not for lengths that do not grow
   * with the batch: plans of all batch sizes must ask for the same memory in the same order.
   */
  INDArray ones(long rows) {
    return ones.computeIfAbsent(rows, size -> memory.allocate(1, size).assign(1));
  }

  CellParameters parameters() {
    return parameters;
  }

  CellParameters gradients() {
    return gradients;
  }

  Tensor[] inputs() {
    Tensor[] inputs = new Tensor[graph.inputs().size()];
    System.arraycopy(values, 0, inputs, 0, inputs.length);
    return inputs;
  }

  Tensor output() {
    return values[graph.output()];
  }

  /** To be bound before the steps of {@link #backwardSteps} run. */
  Tensor outputGradient() {
    return outputGradient;
  }

  List<PlanStep> trainingSteps() {
    return training;
  }

  List<PlanStep> inferenceSteps() {
    return inference;
  }

  List<PlanStep> backwardSteps() {
    return backward;
  }
}
