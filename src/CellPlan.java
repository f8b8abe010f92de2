package org.xfernas.models.layer;

import java.util.List;
import org.nd4j.linalg.api.memory.MemoryWorkspace;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.shape.Shape;
import org.nd4j.linalg.factory.Nd4j;

/**
 * A cell's steps for batches of one size, over buffers that are reused at each pass: results are
 * valid until the cell's next pass.
 */
final class CellPlan {
  private final PlanBuilder builder;
  private List<Tensor> inputGradients;
  private boolean hasBackward;

  CellPlan(PlanBuilder builder) {
    this.builder = builder;
  }

  /** Runs the forward pass and returns the result. */
  Tensor forward(INDArray[] inputs, boolean training, StepProfile profile) {
    Tensor[] tensors = builder.inputs();
    for (int i = 0; i < inputs.length; i++) {
      tensors[i].bind(dense(inputs[i]));
    }
    profile.run(training ? builder.trainingSteps() : builder.inferenceSteps());
    return builder.output();
  }

  /** Adds the backward pass where it is not there yet. */
  void prepareBackward(CellParameters gradients, PlanMemory memory, ScratchPool pool) {
    if (!hasBackward) {
      inputGradients = builder.planBackward(gradients, memory, pool);
      hasBackward = true;
    }
  }

  /**
   * Runs the backward pass after {@link #forward} in training: writes the parameters' gradients.
   *
   * @return gradients of the inputs; null where nobody wants them
   */
  List<Tensor> backward(INDArray outputGradient, StepProfile profile) {
    builder.outputGradient().bind(dense(outputGradient));
    profile.run(builder.backwardSteps());
    return inputGradients;
  }

  private static INDArray dense(INDArray array) {
    if (array.ordering() == 'c' && Shape.hasDefaultStridesForShape(array)) {
      return array;
    }
    try (MemoryWorkspace outside = Nd4j.getWorkspaceManager().scopeOutOfWorkspaces()) {
      return array.dup('c');
    }
  }
}
