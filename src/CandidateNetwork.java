package org.xfernas.models.network;

import java.util.List;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.WorkspaceMode;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.regularization.Regularization;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.xfernas.models.layer.CellTraining;
import org.xfernas.models.layer.CellVertex;
import org.xfernas.models.layer.ParameterDecay;
import org.xfernas.models.layer.PlannedVertex;
import org.xfernas.models.network.NetworkLayout.Vertex;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.EdgeCell;

/**
 * The network of an architecture as a DL4J graph of one vertex per cell. Images go in as floats
 * [batch, height, width, channels], labels one-hot [batch, classes]; class probabilities come out.
 */
public final class CandidateNetwork {
  private static final String CLASSES = "classes";

  private final NetworkLayout layout;
  private final int classes;

  private CandidateNetwork(NetworkLayout layout, int classes) {
    this.layout = layout;
    this.classes = classes;
  }

  /**
   * The network of an architecture for a task.
   *
   * @throws IllegalArgumentException where an operation is unknown, naming it and the known ones
   */
  public static CandidateNetwork of(
      Architecture architecture, NetworkSettings settings, ImageShape images, int classes) {
    NetworkLayout layout =
        architecture instanceof BlockCells cells
            ? BlockCellLayout.of(cells, settings, images)
            : EdgeCellLayout.of((EdgeCell) architecture, settings, images);
    return new CandidateNetwork(layout, classes);
  }

  /** Names of the operations that networks can be built of, sorted. */
  public static Set<String> knownOperations() {
    return CellOperations.names();
  }

  /** Trainable parameters, dead edges included. */
  public long parameters() {
    long cells =
        layout.vertices().stream().mapToLong(vertex -> vertex.cell().trainableParameters()).sum();
    return cells + (layout.features() + 1L) * classes;
  }

  /**
   * Multiply-accumulates of the weights on one image, dead edges included, as NAS-Bench-201 counts
   * them: convolutions and the classifier with its bias.
   */
  public long flops() {
    long cells = layout.vertices().stream().mapToLong(vertex -> vertex.cell().flops()).sum();
    return cells + (layout.features() + 1L) * classes;
  }

  /**
   * The graph's configuration, which says how it is trained and which parameters it starts from.
   */
  public ComputationGraphConfiguration configuration(Optimization optimization, Seed seed) {
    return configuration(optimization, seed, DataType.FLOAT);
  }

  ComputationGraphConfiguration configuration(Optimization optimization, Seed seed, DataType type) {
    CellTraining training = optimization.training();
    ComputationGraphConfiguration.GraphBuilder graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed.value())
            .dataType(type)
            .trainingWorkspaceMode(WorkspaceMode.ENABLED)
            .inferenceWorkspaceMode(WorkspaceMode.ENABLED)
            .graphBuilder()
            .addInputs(NetworkLayout.IMAGES);
    List<Vertex> vertices = layout.vertices();
    for (Vertex vertex : vertices) {
      Seed ofVertex = seed.child(vertex.name());
      graph.addVertex(
          vertex.name(),
          vertex.inputs().contains(NetworkLayout.IMAGES)
              ? CellVertex.first(vertex.cell(), training, ofVertex)
              : new CellVertex(vertex.cell(), training, ofVertex),
          vertex.inputs().toArray(new String[0]));
    }
    return graph
        .addLayer(CLASSES, classifier(training), vertices.get(vertices.size() - 1).name())
        .setOutputs(CLASSES)
        .build();
  }

  private Layer classifier(CellTraining training) {
    List<Regularization> decay = List.of(new ParameterDecay(training.weightDecay()));
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nIn(layout.features())
        .nOut(classes)
        .activation(Activation.SOFTMAX)
        .updater(training.updater())
        .biasUpdater(training.updater())
        .regularization(decay)
        .regularizationBias(decay)
        .build();
  }

  /** The graph with its parameters. Give it to {@link #close} when it is no longer needed. */
  public ComputationGraph build(Optimization optimization, Seed seed) {
    ComputationGraph graph = new ComputationGraph(configuration(optimization, seed));
    graph.init();
    return graph;
  }

  /** Frees all memory of a graph, that of its cells' plans included; the graph can run no more. */
  public static void close(ComputationGraph graph) {
    PlannedVertex.of(graph).forEach(PlannedVertex::close);
    graph.close();
  }
}
