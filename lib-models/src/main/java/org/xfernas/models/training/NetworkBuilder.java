package org.xfernas.models.training;

import org.deeplearning4j.nn.graph.ComputationGraph;

/** Makes the network of a candidate, initialised. */
@FunctionalInterface
interface NetworkBuilder {

  /**
   * The network of a candidate.
   *
   * @param request the candidate
   * @param iterations steps that it will be trained for
   * @throws IllegalArgumentException where the architecture cannot be built
   */
  Network build(TrainingRequest request, int iterations);

  /** A network and its size. */
  record Network(ComputationGraph graph, long parameters, long flops) {}
}
