package org.xfernas.models.layer;

import java.util.List;

/** Mean over rows and columns: average pooling with a window as large as the maps. */
final class GlobalAveragePlan extends OperationPlan {
  GlobalAveragePlan(Site site) {
    super(site);
  }

  @Override
  void forward(PlanBuilder plan) {
    plan.forward(
        new NativeStep(
                "global average", "avgpool2d", List.of(input()::array), List.of(output().array()))
            .integers(arguments()));
  }

  @Override
  void backward(PlanBuilder plan) {
    plan.contribute(
        input(),
        gradient ->
            plan.backward(
                new NativeStep(
                        "global average backward",
                        "avgpool2d_bp",
                        List.of(input()::array, plan.gradientOf(output())::array),
                        List.of(gradient.array()))
                    .integers(arguments())));
  }

  private long[] arguments() {
    int height = input().shape().height();
    int width = input().shape().width();
    return new long[] {height, width, height, width, 0, 0, 1, 1, 0, 0, 1};
  }
}
