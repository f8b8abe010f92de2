package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.Surrogate;
import org.xfernas.search.surrogate.nao.NaoLoss;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TrialHistory;

class JointNetworkTrainerTest {
  private static final SearchSpace SPACE =
      new EdgeCellSpace(3, List.of("none", "skip_connect", "conv_1x1", "conv_3x3"));
  private static final List<Architecture> ALL = SPACE.all().toList();
  private static final JointNetworkTrainer.Settings SETTINGS =
      new JointNetworkTrainer.Settings(2, 20, 80, NaoLoss.DEFAULT);
  private static final SourceKnowledge SOURCES =
      new SourceKnowledge(
          List.of(source("one", 1, JointNetworkTrainerTest::sum), source("failed", 2, x -> 5)));

  private static SourceTask source(String name, int seed, ToDoubleFunction<Architecture> score) {
    return new SourceTask(name, Sources.history(SPACE, 40, score, new Seed(seed).generator()));
  }

  private static double sum(Architecture architecture) {
    return IntStream.of(SPACE.encode(architecture)).sum();
  }

  /** Best where the first edge has what the sum likes least. */
  private static double other(Architecture architecture) {
    return sum(architecture) - 4 * SPACE.encode(architecture)[0];
  }

  private static Surrogate fitted(TrialHistory history) {
    return new JointNetworkTrainer(SPACE, new KnowledgeCache(), SETTINGS)
        .fit(SOURCES, history, new Seed(3));
  }

  private static double agreement(Surrogate surrogate, ToDoubleFunction<Architecture> truth) {
    return new SpearmansCorrelation()
        .correlation(
            surrogate.predict(ALL).stream().mapToDouble(Prediction::mean).toArray(),
            ALL.stream().mapToDouble(truth).toArray());
  }

  @Test
  void ranksATargetWithoutResultsByTheUniversalPredictor() {
    Surrogate surrogate = fitted(TrialHistory.EMPTY);

    assertThat(agreement(surrogate, JointNetworkTrainerTest::sum)).isGreaterThan(0.8);
    TransferShares shares = surrogate.shares().orElseThrow();
    assertThat(shares.universal()).isEqualTo(1);
    assertThat(shares.sources())
        .extracting(TransferShares.Source::weight)
        .containsExactly(1.0, 0.0);
  }

  @Test
  void learnsWhatTheTargetHasOfItsOwn() {
    TrialHistory results =
        Sources.history(SPACE, 40, JointNetworkTrainerTest::other, new Seed(4).generator());

    Surrogate surrogate = fitted(results);

    assertThat(agreement(surrogate, JointNetworkTrainerTest::other))
        .isGreaterThan(agreement(fitted(TrialHistory.EMPTY), JointNetworkTrainerTest::other) + 0.3);
    TransferShares shares = surrogate.shares().orElseThrow();
    assertThat(shares.universal()).isBetween(0.01, 0.99);
    assertThat(shares.residual()).isCloseTo(1 - shares.universal(), within(1e-12));
  }
}
