package org.xfernas.search.surrogate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.stat.correlation.SpearmansCorrelation;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.TrialHistory;
import org.xfernas.search.trial.TrialHistory.Observation;

class MlpEnsembleTrainerTest {
  private static final SearchSpace SPACE =
      new EdgeCellSpace(4, List.of("skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));
  private static final CellFeatures FEATURES = new CellFeatures(SPACE, CellFeatures.Columns.NONE);
  private static final Seed SEED = new Seed(1);
  private static final TrialHistory HISTORY =
      TestSources.drawn("target", SPACE, 100, MlpEnsembleTrainerTest::score).history();
  private static final List<Architecture> OTHERS =
      TestSources.drawn("others", SPACE, 200, one -> 0).history().observations().stream()
          .map(Observation::architecture)
          .toList();

  /** 1x1 and 3x3 convolutions count 1 and 3, pools cost 2. */
  private static double score(Architecture architecture) {
    double[] worth = {0, 1, 3, -2};
    return 50 + IntStream.of(SPACE.encode(architecture)).mapToDouble(token -> worth[token]).sum();
  }

  private static Surrogate fit(TrialHistory history) {
    return new MlpEnsembleTrainer(FEATURES).fit(SourceKnowledge.EMPTY, history, SEED);
  }

  private static double[] means(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(Prediction::mean).toArray();
  }

  @Test
  void ranksArchitecturesThatItHasNotSeen() {
    double[] truth = OTHERS.stream().mapToDouble(MlpEnsembleTrainerTest::score).toArray();
    double[] predicted = means(fit(HISTORY).predict(OTHERS));

    assertThat(new SpearmansCorrelation().correlation(truth, predicted)).isGreaterThan(0.9);
    assertThat(predicted[0]).isBetween(30.0, 70.0);
  }

  @Test
  void isLessSureOfWhatItHasNotSeen() {
    Surrogate surrogate = fit(HISTORY);
    List<Architecture> seen =
        HISTORY.observations().stream().map(Observation::architecture).toList();

    assertThat(deviation(surrogate.predict(OTHERS)))
        .isGreaterThan(deviation(surrogate.predict(seen)));
  }

  private static double deviation(List<Prediction> predictions) {
    return predictions.stream().mapToDouble(Prediction::standardDeviation).average().orElseThrow();
  }

  @Test
  void isAFunctionOfItsArgumentsAndLeavesFailuresOut() {
    List<Observation> withFailures = new ArrayList<>(HISTORY.observations());
    withFailures.add(TestSources.failure(SPACE, 101, OTHERS.get(0)));

    assertThat(fit(new TrialHistory(withFailures)).predict(OTHERS))
        .isEqualTo(fit(HISTORY).predict(OTHERS));
  }

  @Test
  void predictsWithoutAResult() {
    assertThat(fit(TrialHistory.EMPTY).predict(OTHERS))
        .allSatisfy(prediction -> assertThat(prediction.mean()).isFinite());
    assertThat(fit(TrialHistory.EMPTY).shares()).isEmpty();
  }

  /** By a score that the structure does not tell, and a column does. */
  @Test
  void columnsAreFeatures() {
    ToDoubleFunction<Architecture> score = one -> Math.floorMod(one.text().hashCode(), 97);
    CellFeatures columns = new CellFeatures(SPACE, one -> new double[] {score.applyAsDouble(one)});
    TrialHistory history = TestSources.drawn("target", SPACE, 100, score).history();
    double[] truth = OTHERS.stream().mapToDouble(score).toArray();

    assertThat(agreement(FEATURES, history, truth)).isLessThan(0.3);
    assertThat(agreement(columns, history, truth)).isGreaterThan(0.6);
  }

  private static double agreement(CellFeatures features, TrialHistory history, double[] truth) {
    Surrogate surrogate =
        new MlpEnsembleTrainer(features).fit(SourceKnowledge.EMPTY, history, SEED);
    return new SpearmansCorrelation().correlation(means(surrogate.predict(OTHERS)), truth);
  }
}
