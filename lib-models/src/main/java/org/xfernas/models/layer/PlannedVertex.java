package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.layer.Operation.GlobalAverage;
import org.xfernas.search.Seed;

/**
 * The vertex of a {@link CellVertex} in a running graph: its parameters and one plan per batch
 * size. Activations and gradients are the plans' own buffers, overwritten by the vertex's next
 * pass: copy what is kept. Used by one thread at a time, as the graph is.
 */
public final class PlannedVertex extends BaseGraphVertex {
  private final CellVertex configuration;
  private final INDArray vector;
  private final CellParameters parameters;
  private final PlanMemory forwardMemory;
  private final PlanMemory backwardMemory;
  private final ScratchPool pool;
  private final Map<Long, CellPlan> plans = new TreeMap<>();
  private final boolean flat;
  private CellPlan current;
  private INDArray gradientVector;
  private CellParameters gradients;
  private StepProfile profile = StepProfile.off();

  PlannedVertex(
      CellVertex configuration,
      ComputationGraph graph,
      String name,
      int index,
      INDArray vector,
      DataType type) {
    super(graph, name, index, null, null, type);
    this.configuration = configuration;
    this.vector = vector == null ? Nd4j.empty(type) : vector;
    this.parameters = new CellParameters(configuration.cell(), this.vector);
    this.gradients = vector == null ? parameters : null;
    this.forwardMemory = new PlanMemory(type);
    this.backwardMemory = new PlanMemory(type);
    this.pool = new ScratchPool(type);
    this.flat = endsFlat(configuration.cell());
  }

  private static boolean endsFlat(CellGraph cell) {
    int node = cell.output() - cell.inputs().size();
    return node >= 0 && cell.nodes().get(node).operation() instanceof GlobalAverage;
  }

  void initialise(Seed seed) {
    parameters.initialise(seed);
  }

  /** Measures from now on into this profile. */
  public void measureInto(StepProfile target) {
    profile = target;
  }

  /** Frees the plans' memory; the vertex can run no more. */
  public void close() {
    plans.clear();
    current = null;
    forwardMemory.close();
    backwardMemory.close();
    pool.close();
  }

  @Override
  public INDArray doForward(boolean training, LayerWorkspaceMgr workspaces) {
    current = plans.computeIfAbsent(inputs[0].size(0), this::plan);
    Tensor output = current.forward(inputs, training, profile);
    return flat ? output.matrix() : output.array();
  }

  private CellPlan plan(long batch) {
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return new CellPlan(
          new PlanBuilder(
              configuration.cell(), batch, !configuration.isFirst(), parameters, forwardMemory));
    }
  }

  @Override
  public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr workspaces) {
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      current.prepareBackward(gradients, backwardMemory, sharedPool());
    }
    List<Tensor> wanted = current.backward(epsilon, profile);
    INDArray[] inputGradients = new INDArray[configuration.cell().inputs().size()];
    if (wanted != null) {
      for (int i = 0; i < inputGradients.length; i++) {
        inputGradients[i] = wanted.get(i).array();
      }
    }
    if (configuration.isFirst()) {
      GradientClip.clip(graph, configuration.training().gradientClip(), inputs[0].size(0));
    }
    Gradient gradient = new DefaultGradient(gradientVector);
    table(gradients).forEach(gradient::setGradientFor);
    return new Pair<>(gradient, inputGradients);
  }

  /** The vertices of a graph run one after the other and share the first one's pool. */
  private ScratchPool sharedPool() {
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex instanceof PlannedVertex planned) {
        return planned.pool;
      }
    }
    return pool;
  }

  /** Comes between the first forward and backward pass; later only with another vector. */
  @Override
  public void setBackpropGradientsViewArray(INDArray view) {
    if (gradients != null) {
      plans.clear();
    }
    gradientVector = view;
    gradients = new CellParameters(configuration.cell(), view);
  }

  /** Gradients of what is trained, after a backward pass; null where nothing is. */
  INDArray trainableGradient() {
    return gradients.trainable();
  }

  private static Map<String, INDArray> table(CellParameters parameters) {
    Map<String, INDArray> table = new LinkedHashMap<>();
    if (parameters.trainable() != null) {
      table.put(CellVertex.TRAINABLE, parameters.trainable());
    }
    if (parameters.statistics() != null) {
      table.put(CellVertex.STATISTICS, parameters.statistics());
    }
    return table;
  }

  @Override
  public Map<String, INDArray> paramTable(boolean backpropOnly) {
    return table(parameters);
  }

  @Override
  public TrainingConfig getConfig() {
    return configuration;
  }

  @Override
  public INDArray params() {
    return vector;
  }

  @Override
  public INDArray getGradientsViewArray() {
    return gradientVector;
  }

  @Override
  public boolean updaterDivideByMinibatch(String parameter) {
    return parameter.equals(CellVertex.TRAINABLE);
  }

  @Override
  public boolean hasLayer() {
    return false;
  }

  @Override
  public Layer getLayer() {
    return null;
  }

  @Override
  public Pair<INDArray, MaskState> feedForwardMaskArrays(
      INDArray[] masks, MaskState state, int minibatch) {
    return new Pair<>(null, state);
  }

  @Override
  public String toString() {
    return "PlannedVertex(" + getVertexName() + ")";
  }

  /** The running vertices of a graph that compute cells, in order. */
  public static List<PlannedVertex> of(ComputationGraph graph) {
    List<PlannedVertex> planned = new ArrayList<>();
    for (GraphVertex vertex : graph.getVertices()) {
      if (vertex instanceof PlannedVertex cell) {
        planned.add(cell);
      }
    }
    return planned;
  }
}
