package org.xfernas.search.surrogate.nao;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.nao.NaoModel.Label;

class NaoModelTest {
  private static final List<String> OPERATIONS = List.of("none", "skip_connect", "conv_3x3");
  private static final SearchSpace EDGES = new EdgeCellSpace(3, OPERATIONS);
  private static final SearchSpace BLOCKS =
      new BlockCellSpace(2, List.of("identity", "conv_3x3"), OutputRule.UNUSED);

  static List<SearchSpace> spaces() {
    return List.of(EDGES, BLOCKS);
  }

  private static List<Architecture> draws(SearchSpace space, int count) {
    RandomGenerator random = new Seed(1).generator();
    return Stream.generate(() -> space.sample(random)).limit(count).toList();
  }

  /** Decoding is masked: even an untrained decoder makes architectures of the space. */
  @ParameterizedTest
  @MethodSource("spaces")
  void decodesArchitecturesOfTheSpace(SearchSpace space) {
    NaoModel untrained = NaoModel.ofSpace(space, 0, new Seed(2));
    List<Architecture> decoded = untrained.ascended(draws(space, 30), 10);

    assertThat(decoded)
        .hasSize(30)
        .allSatisfy(one -> assertThat(space.decode(space.encode(one))).isEqualTo(one));
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void reconstructsWhatItEncodes(SearchSpace space) {
    NaoModel model = NaoModel.ofSpace(space, 800, new Seed(3));

    assertThat(model.reconstruction(draws(space, 100))).isGreaterThan(0.9);
  }

  @Test
  void isAFunctionOfItsArguments() {
    NaoModel first = NaoModel.ofSpace(EDGES, 10, new Seed(4));
    NaoModel second = NaoModel.ofSpace(EDGES, 10, new Seed(4));

    assertThat(first.values(draws(EDGES, 60)).universal())
        .containsExactly(second.values(draws(EDGES, 60)).universal());
  }

  @Test
  void sharesWhatTasksHaveInCommonAndKeepsTheRestApart() {
    List<Architecture> draws = draws(EDGES, 27);
    List<Label> labels =
        IntStream.range(0, 2 * draws.size())
            .mapToObj(
                at -> {
                  Architecture one = draws.get(at % draws.size());
                  int task = at / draws.size();
                  return new Label(one, task, convolutions(one) + task);
                })
            .toList();
    NaoModel.Values values =
        NaoModel.ofSpace(EDGES, 100, new Seed(5))
            .trained(labels, 2, 400, new NaoLoss(0.8, 1e-4, 1e-3), new Seed(6))
            .values(draws);

    for (int task = 0; task < 2; task++) {
      double errors = 0;
      for (int at = 0; at < draws.size(); at++) {
        double expected = convolutions(draws.get(at)) + task;
        errors +=
            Math.abs(values.universal()[at] + values.residuals()[task][at] - expected)
                / draws.size();
      }
      assertThat(errors).isLessThan(0.3);
    }
  }

  private static double convolutions(Architecture architecture) {
    return IntStream.of(EDGES.encode(architecture)).filter(token -> token == 2).count();
  }
}
