package org.xfernas.models.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.CNN2DFormat;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.graph.GraphVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.NoOp;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.shade.jackson.annotation.JsonAutoDetect;
import org.xfernas.search.Seed;

/**
 * Configuration of a vertex that computes a {@link CellGraph}: DL4J stores it as JSON, clones it
 * and asks it for the vertex. It has two parameter vectors, {@value #TRAINABLE} and {@value
 * #STATISTICS}, and is its own training configuration.
 */
@JsonAutoDetect(
    fieldVisibility = JsonAutoDetect.Visibility.ANY,
    getterVisibility = JsonAutoDetect.Visibility.NONE,
    isGetterVisibility = JsonAutoDetect.Visibility.NONE,
    setterVisibility = JsonAutoDetect.Visibility.NONE)
public final class CellVertex extends GraphVertex implements TrainingConfig {
  /** What training learns. */
  static final String TRAINABLE = "trainable";

  /** Running means and variances of batch norms. */
  static final String STATISTICS = "statistics";

  private CellGraph cell;
  private CellTraining training;
  private boolean first;
  private long seed;
  private String name;
  private DataType dataType;

  /** For JSON. */
  @SuppressWarnings("unused")
  private CellVertex() {}

  /**
   * A vertex that reads other vertices.
   *
   * @param cell what it computes
   * @param training how its parameters are trained
   * @param seed its parameters' values before training
   */
  public CellVertex(CellGraph cell, CellTraining training, Seed seed) {
    this(cell, training, seed, false);
  }

  private CellVertex(CellGraph cell, CellTraining training, Seed seed, boolean first) {
    this.cell = cell;
    this.training = training;
    this.seed = seed.value();
    this.first = first;
  }

  /**
   * The vertex that reads the graph's input. Its backward pass is the graph's last: there it clips
   * the gradient of the whole graph.
   */
  public static CellVertex first(CellGraph cell, CellTraining training, Seed seed) {
    return new CellVertex(cell, training, seed, true);
  }

  CellGraph cell() {
    return cell;
  }

  CellTraining training() {
    return training;
  }

  boolean isFirst() {
    return first;
  }

  @Override
  public org.deeplearning4j.nn.graph.vertex.GraphVertex instantiate(
      ComputationGraph graph,
      String vertexName,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType networkType) {
    name = vertexName;
    PlannedVertex vertex =
        new PlannedVertex(this, graph, vertexName, index, parameters, networkType);
    if (initialise) {
      vertex.initialise(new Seed(seed));
    }
    return vertex;
  }

  @Override
  public long numParams(boolean backprop) {
    return cell.trainableParameters() + cell.statistics();
  }

  @Override
  public int minVertexInputs() {
    return cell.inputs().size();
  }

  @Override
  public int maxVertexInputs() {
    return cell.inputs().size();
  }

  @Override
  public InputType getOutputType(int layerIndex, InputType... inputs) {
    FeatureShape shape = cell.outputShape();
    return InputType.convolutional(
        shape.height(), shape.width(), shape.channels(), CNN2DFormat.NHWC);
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputTypes) {
    throw new UnsupportedOperationException("Cells give no memory report");
  }

  @Override
  public void setDataType(DataType type) {
    dataType = type;
  }

  @Override
  public String getLayerName() {
    return name;
  }

  @Override
  public List<Regularization> getRegularizationByParam(String parameter) {
    return parameter.equals(TRAINABLE)
        ? new ArrayList<>(List.of(new ParameterDecay(training.weightDecay())))
        : null;
  }

  @Override
  public boolean isPretrainParam(String parameter) {
    return false;
  }

  @Override
  public IUpdater getUpdaterByParam(String parameter) {
    return parameter.equals(TRAINABLE) ? training.updater() : new NoOp();
  }

  @Override
  public GradientNormalization getGradientNormalization() {
    return GradientNormalization.None;
  }

  @Override
  public double getGradientNormalizationThreshold() {
    return 0;
  }

  @Override
  public GraphVertex clone() {
    CellVertex clone = new CellVertex(cell, training, new Seed(seed), first);
    clone.name = name;
    clone.dataType = dataType;
    return clone;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof CellVertex vertex
        && cell.equals(vertex.cell)
        && training.equals(vertex.training)
        && seed == vertex.seed
        && first == vertex.first;
  }

  @Override
  public int hashCode() {
    return Objects.hash(cell, training, seed, first);
  }
}
