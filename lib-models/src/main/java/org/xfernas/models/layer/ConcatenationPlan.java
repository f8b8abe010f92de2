package org.xfernas.models.layer;

import static org.nd4j.linalg.indexing.NDArrayIndex.all;
import static org.nd4j.linalg.indexing.NDArrayIndex.interval;

import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Copies its inputs side by side into the channels of the output, by assignments to
 * four-dimensional views: libnd4j's {@code concat} and {@code split} are many times slower.
 */
final class ConcatenationPlan extends OperationPlan {
  ConcatenationPlan(Site site) {
    super(site);
  }

  @Override
  void forward(PlanBuilder plan) {
    int channel = 0;
    for (Tensor part : site().inputs()) {
      INDArray place = channels(output().array(), channel, part);
      plan.forward(PlanStep.of("concatenation", () -> place.assign(part.array())));
      channel += part.channels();
    }
  }

  @Override
  void backward(PlanBuilder plan) {
    Tensor gradient = plan.gradientOf(output());
    int channel = 0;
    for (Tensor part : site().inputs()) {
      ChannelView view = new ChannelView(gradient, channel, part);
      if (plan.wantsGradient(part)) {
        plan.contribute(
            part,
            partGradient ->
                plan.backward(
                    PlanStep.of(
                        "concatenation backward",
                        () -> partGradient.array().assign(view.array()))));
      }
      channel += part.channels();
    }
  }

  /** Some channels of a tensor, as a view that is made anew only where the tensor's array is. */
  private static final class ChannelView {
    private final Tensor whole;
    private final int first;
    private final Tensor part;
    private INDArray viewed;
    private INDArray view;

    ChannelView(Tensor whole, int first, Tensor part) {
      this.whole = whole;
      this.first = first;
      this.part = part;
    }

    INDArray array() {
      if (viewed != whole.array()) {
        viewed = whole.array();
        view = channels(viewed, first, part);
      }
      return view;
    }
  }

  private static INDArray channels(INDArray array, int first, Tensor part) {
    return array.get(all(), all(), all(), interval(first, first + part.channels()));
  }
}
