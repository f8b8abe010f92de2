package org.xfernas.models.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.random.RandomGenerator;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.bench.MeasuredNetwork;
import org.xfernas.search.Seed;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.EdgeCell;

class CandidateNetworkTest {
  private static final Optimization OPTIMIZATION = new Optimization(0.1, 0, 50, 0.9, 5e-4, 5);
  private static final ImageShape IMAGES = new ImageShape(8, 8, 3);
  private static final NetworkSettings SMALL = new NetworkSettings(4, 1);
  private static final int CLASSES = 4;

  /** Images whose mean brightness tells their class. */
  static DataSet data(ImageShape shape, int images, int classes, long seed) {
    RandomGenerator random = new Seed(seed).generator();
    float[][][][] pixels = new float[images][shape.height()][shape.width()][shape.channels()];
    INDArray labels = Nd4j.zeros(images, classes);
    for (int n = 0; n < images; n++) {
      labels.putScalar(n, n % classes, 1);
      for (float[][] row : pixels[n]) {
        for (float[] pixel : row) {
          for (int c = 0; c < pixel.length; c++) {
            pixel[c] = (float) (random.nextGaussian() + n % classes - (classes - 1) / 2.0);
          }
        }
      }
    }
    return new DataSet(Nd4j.create(pixels), labels);
  }

  private static CandidateNetwork network(BlockCells cells) {
    return CandidateNetwork.of(cells, SMALL, IMAGES, CLASSES);
  }

  @Test
  void theNetworkMeasuredInPyTorchHasItsParameters() {
    assertThat(MeasuredNetwork.network().parameters()).isEqualTo(324_778);
  }

  @Test
  void trainingLowersTheLoss() {
    for (BlockCells cells : List.of(MeasuredNetwork.architecture(), Cells.NAONET)) {
      ComputationGraph graph = network(cells).build(OPTIMIZATION, new Seed(1));
      DataSet data = data(IMAGES, 32, CLASSES, 1);
      graph.fit(data);
      double before = graph.score();
      for (int i = 0; i < 20; i++) {
        graph.fit(data);
      }
      assertThat(graph.score()).isLessThan(0.5 * before);
      CandidateNetwork.close(graph);
    }
  }

  @Test
  void savedAndLoadedItIsTheSame(@TempDir Path folder) throws IOException {
    ComputationGraph graph =
        network(MeasuredNetwork.architecture()).build(OPTIMIZATION, new Seed(1));
    DataSet data = data(IMAGES, 16, CLASSES, 1);
    for (int i = 0; i < 3; i++) {
      graph.fit(data);
    }
    INDArray output = graph.outputSingle(data.getFeatures()).dup();
    Path file = folder.resolve("network.zip");
    ModelSerializer.writeModel(graph, file.toFile(), true);
    ComputationGraph loaded = ModelSerializer.restoreComputationGraph(file.toFile(), true);

    assertThat(loaded.getConfiguration()).isEqualTo(graph.getConfiguration());
    assertThat(loaded.params()).isEqualTo(graph.params());
    assertThat(loaded.getUpdater().getStateViewArray())
        .isEqualTo(graph.getUpdater().getStateViewArray());
    assertThat(loaded.outputSingle(data.getFeatures())).isEqualTo(output);

    graph.fit(data);
    loaded.fit(data);
    assertThat(loaded.params()).isEqualTo(graph.params());
    CandidateNetwork.close(graph);
    CandidateNetwork.close(loaded);
  }

  @Test
  void itsConfigurationIsReadBackFromJson() {
    ComputationGraphConfiguration configuration =
        network(Cells.NAONET).configuration(OPTIMIZATION, new Seed(1));
    assertThat(ComputationGraphConfiguration.fromJson(configuration.toJson()))
        .isEqualTo(configuration);
  }

  /** As Spark sends it to executors. */
  @Test
  void itsConfigurationIsSerialised() throws IOException, ClassNotFoundException {
    ComputationGraphConfiguration configuration =
        network(MeasuredNetwork.architecture()).configuration(OPTIMIZATION, new Seed(1));
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream output = new ObjectOutputStream(bytes)) {
      output.writeObject(configuration);
    }
    try (ObjectInputStream input =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(input.readObject()).isEqualTo(configuration);
    }
  }

  @Test
  void aCloneTrainsApart() {
    ComputationGraph graph =
        network(MeasuredNetwork.architecture()).build(OPTIMIZATION, new Seed(1));
    DataSet data = data(IMAGES, 8, CLASSES, 1);
    graph.fit(data);
    INDArray parameters = graph.params().dup();
    ComputationGraph clone = graph.clone();
    assertThat(clone.outputSingle(data.getFeatures()).dup())
        .isEqualTo(graph.outputSingle(data.getFeatures()));
    clone.fit(data);
    assertThat(graph.params()).isEqualTo(parameters);
    assertThat(clone.params()).isNotEqualTo(parameters);
    CandidateNetwork.close(graph);
    CandidateNetwork.close(clone);
  }

  @Test
  void equalSeedsGiveEqualTraining() {
    DataSet data = data(IMAGES, 8, CLASSES, 1);
    INDArray first = trained(1, data);
    assertThat(trained(1, data)).isEqualTo(first);
    assertThat(trained(2, data)).isNotEqualTo(first);
  }

  private static INDArray trained(long seed, DataSet data) {
    ComputationGraph graph =
        network(MeasuredNetwork.architecture()).build(OPTIMIZATION, new Seed(seed));
    graph.fit(data);
    graph.fit(data);
    INDArray parameters = graph.params().dup();
    CandidateNetwork.close(graph);
    return parameters;
  }

  @Test
  void anyImagesAndBatchesWork() {
    for (ImageShape shape :
        List.of(new ImageShape(28, 28, 1), new ImageShape(7, 9, 2), new ImageShape(1, 1, 3))) {
      ComputationGraph graph =
          CandidateNetwork.of(Cells.NAONET, SMALL, shape, 3).build(OPTIMIZATION, new Seed(1));
      for (int batch : List.of(5, 3, 1, 6)) {
        DataSet data = data(shape, batch, 3, 1);
        graph.fit(data);
        assertThat(graph.score()).isFinite();
        assertThat(graph.outputSingle(data.getFeatures()).sum(1)).isEqualTo(Nd4j.ones(batch));
      }
      CandidateNetwork.close(graph);
    }
  }

  @Test
  void anUnknownOperationIsNamed() {
    EdgeCell cell = new EdgeCell(2, List.of("teleport"));
    assertThatThrownBy(() -> CandidateNetwork.of(cell, SMALL, IMAGES, CLASSES))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Cannot build a network: unknown operation (operation=teleport). Known operations:"
                + " avg_pool_2x2,");
  }
}
