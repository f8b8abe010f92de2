package org.xfernas.models.layer;

import java.util.List;
import org.xfernas.models.layer.Operation.Pooling;

/**
 * Pooling by libnd4j's {@code maxpool2d} and {@code avgpool2d}; the minimum is the negated maximum
 * of the negated input.
 */
final class PoolingPlan extends OperationPlan {
  private final Pooling pooling;
  private Tensor read;

  PoolingPlan(Site site, Pooling pooling) {
    super(site);
    this.pooling = pooling;
  }

  @Override
  void forward(PlanBuilder plan) {
    boolean negated = pooling.kind() == Pooling.Kind.MIN;
    read = negated ? plan.allocate(input().shape()) : input();
    if (negated) {
      plan.forward(negation(input(), read));
    }
    plan.forward(
        new NativeStep(label(), operation(), List.of(read::array), List.of(output().array()))
            .integers(arguments()));
    if (negated) {
      plan.forward(negation(output(), output()));
    }
  }

  /** The two signs of a minimum cancel: its gradient is that of the maximum of what was read. */
  @Override
  void backward(PlanBuilder plan) {
    if (plan.wantsGradient(input())) {
      plan.contribute(
          input(),
          gradient ->
              plan.backward(
                  new NativeStep(
                          label() + " backward",
                          operation() + "_bp",
                          List.of(read::array, plan.gradientOf(output())::array),
                          List.of(gradient.array()))
                      .integers(arguments())));
    }
  }

  private PlanStep negation(Tensor from, Tensor to) {
    return PlanStep.of(label(), () -> from.array().muli(-1, to.array()));
  }

  private String operation() {
    return pooling.kind() == Pooling.Kind.AVERAGE ? "avgpool2d" : "maxpool2d";
  }

  private String label() {
    return switch (pooling.kind()) {
      case MAX -> "maximum pooling";
      case MIN -> "minimum pooling";
      case AVERAGE -> "average pooling";
    };
  }

  /**
   * Explicit padding for odd kernels; libnd4j's "same" for even ones, which pads at the end.
   * Padding does not count for averages.
   */
  private long[] arguments() {
    boolean even = pooling.kernel() % 2 == 0;
    int padding = even ? 0 : (pooling.kernel() - 1) / 2;
    return new long[] {
      pooling.kernel(),
      pooling.kernel(),
      pooling.stride(),
      pooling.stride(),
      padding,
      padding,
      1,
      1,
      even ? 1 : 0,
      0,
      1
    };
  }
}
