package org.xfernas.search.surrogate.nao;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.surrogate.nao.NaoModel.Label;
import org.xfernas.search.surrogate.nao.NaoModel.Values;

class NaoLossTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(3, List.of("none", "skip", "conv"));
  private static final List<Architecture> ALL = SPACE.all().toList();

  /** Of a model that was trained on two tasks that disagree. */
  private static double of(NaoLoss loss, ToDoubleFunction<Values> measure) {
    List<Label> labels =
        IntStream.range(0, 2 * ALL.size())
            .mapToObj(
                at -> {
                  int task = at / ALL.size();
                  Architecture one = ALL.get(at % ALL.size());
                  return new Label(one, task, (1 - 2 * task) * (SPACE.encode(one)[0] - 1));
                })
            .toList();
    return measure.applyAsDouble(
        NaoModel.ofSpace(SPACE, 20, loss, new Seed(1))
            .trained(labels, 2, 100, loss, new Seed(2))
            .values(ALL));
  }

  private static double residuals(Values values) {
    return Arrays.stream(values.residuals()[0]).map(Math::abs).sum();
  }

  private static double errors(Values values) {
    return IntStream.range(0, ALL.size())
        .mapToDouble(
            at ->
                Math.abs(
                    values.universal()[at]
                        + values.residuals()[0][at]
                        - (SPACE.encode(ALL.get(at))[0] - 1)))
        .sum();
  }

  @Test
  void residualsAreSmallerTheMoreTheyDecay() {
    assertThat(of(new NaoLoss(0.8, 1e-4, 10), NaoLossTest::residuals))
        .isLessThan(of(NaoLoss.DEFAULT, NaoLossTest::residuals) / 2);
  }

  @Test
  void valuesAreLearntLessTheLessTheyWeigh() {
    assertThat(of(new NaoLoss(1e-6, 1e-4, 1e-2), NaoLossTest::errors))
        .isGreaterThan(of(NaoLoss.DEFAULT, NaoLossTest::errors));
  }

  @Test
  void allThatIsOutOfRangeIsRefusedAtOnce() {
    assertThatThrownBy(() -> new NaoLoss(0, -1, Double.NaN))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the weight of values must be above 0 and at most 1 (weight=0.0)")
        .hasMessageContaining("the decay of weights must be 0 or more (decay=-1.0)")
        .hasMessageContaining("the decay of residuals must be 0 or more (decay=NaN)");
  }
}
