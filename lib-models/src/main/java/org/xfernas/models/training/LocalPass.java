package org.xfernas.models.training;

import java.util.Arrays;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.dataset.DataSet;
import org.xfernas.search.Seed;

/**
 * A pass in this process, one step after the other.
 *
 * @param batches of the training images
 * @param batchSize images per step; the last step takes what is left
 */
record LocalPass(Batches batches, int batchSize) implements TrainingPass {

  @Override
  public double run(ComputationGraph graph, int[] order, Seed variation) {
    double loss = 0;
    for (int first = 0; first < order.length; first += batchSize) {
      int[] batch = Arrays.copyOfRange(order, first, Math.min(first + batchSize, order.length));
      fit(graph, batches.training(batch, variation));
      if (!Double.isFinite(graph.score())) {
        return graph.score();
      }
      loss += graph.score() * batch.length;
    }
    return loss / order.length;
  }

  private static void fit(ComputationGraph graph, DataSet batch) {
    graph.fit(batch);
    batch.getFeatures().close();
    batch.getLabels().close();
  }
}
