package org.xfernas.models.training;

import org.deeplearning4j.nn.graph.ComputationGraph;
import org.xfernas.search.Seed;

/** One pass over the training images, in steps of a batch each. */
@FunctionalInterface
public interface TrainingPass {

  /**
   * Trains a network.
   *
   * @param graph the network; its parameters and its number of iterations change
   * @param order positions of the training images, as they are to come
   * @param variation seed of their augmentation
   * @return mean loss of an image; the loss of a step that is no longer a number ends the pass
   */
  double run(ComputationGraph graph, int[] order, Seed variation);
}
