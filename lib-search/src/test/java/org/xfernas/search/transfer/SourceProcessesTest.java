package org.xfernas.search.transfer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;
import org.hipparchus.stat.StatUtils;
import org.junit.jupiter.api.Test;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures;
import org.xfernas.search.surrogate.Distances;
import org.xfernas.search.surrogate.FeatureGroup;
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.surrogate.KernelScales.Shape;
import org.xfernas.search.surrogate.NormalScores;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;

class SourceProcessesTest {
  private static final SearchSpace SPACE = new EdgeCellSpace(4, List.of("none", "a", "b", "c"));
  private static final CellFeatures FEATURES = new CellFeatures(SPACE, CellFeatures.Columns.NONE);
  private static final List<Architecture> ARCHITECTURES = FEATURES.references(40);

  /** Else the distances of equal architectures, which are 0 but for rounding, would count. */
  @Test
  void noScaleGrowsWithoutBoundWhereScoresAreNoise() {
    double[] noise = new Seed(1).generator().doubles(40, -2, 2).toArray();

    for (FeatureGroup group : FeatureGroup.values()) {
      assertThat(scales(noise).of(group)).isLessThanOrEqualTo(100);
    }
  }

  /** Where scores rise with the number of one operation, more of it than any has is better yet. */
  @Test
  void trendsReachBeyondWhatWasSeen() {
    List<Architecture> seen =
        FEATURES.references(200).stream().filter(one -> applications(one) <= 3).toList();
    double[] scores =
        NormalScores.of(seen.stream().mapToDouble(SourceProcessesTest::applications).toArray());

    double[] expected =
        processes(seen, scores)
            .view(
                List.of(
                    SPACE.parse("|a~0|+|b~0|a~1|+|b~0|b~1|a~2|"),
                    SPACE.parse("|a~0|+|a~0|a~1|+|a~0|a~1|a~2|")))
            .means()[0];

    assertThat(expected[1] - expected[0]).isGreaterThan(1);
  }

  /** A subsample has more of the best, which lie close around a level of their own. */
  @Test
  void nothingIsLearntFromNoiseHoweverMuchThereIs() {
    RandomGenerator random = new Seed(2).generator();
    SourceKnowledge noise =
        Sources.of(
            SPACE, 5_000, Collections.nCopies(2, one -> random.nextDouble() * random.nextDouble()));

    assertThat(SourceProcesses.of(FEATURES, noise).tasks()).isEmpty();
  }

  @Test
  void theAgreementIsOfTasksWithOneAnother() {
    ToDoubleFunction<Architecture> first = SourceProcessesTest::applications;
    ToDoubleFunction<Architecture> second = one -> SPACE.encode(one)[5];

    assertThat(agreement(first)).isEqualTo(1);
    assertThat(agreement(first, first)).isGreaterThan(0.9);
    assertThat(agreement(first, second)).isLessThan(0.5);
  }

  @SafeVarargs
  private static double agreement(ToDoubleFunction<Architecture>... tasks) {
    return SourceProcesses.of(FEATURES, Sources.of(SPACE, 100, List.of(tasks))).agreement();
  }

  @Test
  void tasksOfNoiseMakeRoomForOthers() {
    RandomGenerator random = new Seed(3).generator();
    List<SourceTask> tasks = new ArrayList<>();
    for (int task = 0; task <= LearntSources.MOST_TASKS; task++) {
      tasks.add(
          new SourceTask(
              "noise " + task, Sources.history(SPACE, 60, one -> random.nextGaussian(), random)));
    }
    tasks.add(
        new SourceTask(
            "good", Sources.history(SPACE, 50, SourceProcessesTest::applications, random)));

    assertThat(SourceProcesses.of(FEATURES, new SourceKnowledge(tasks)).tasks())
        .contains("good")
        .hasSizeLessThan(5);
  }

  @Test
  void scoresThatAreWrongAltogetherAreTold() {
    List<Architecture> seen = FEATURES.references(150);
    double[] scores =
        NormalScores.of(seen.stream().mapToDouble(SourceProcessesTest::applications).toArray());
    RandomGenerator random = new Seed(4).generator();
    int wrong = 50;
    for (int at = 0; at < wrong; at++) {
      scores[at] = random.nextGaussian();
    }
    double[][] kernel = new Distances(FEATURES.table(seen)).kernel(scales(seen, scores));

    ScoreNoise found = ScoreNoise.partlyWrong(kernel, scores);

    double[] variances = found.variances();
    assertThat(StatUtils.mean(Arrays.copyOfRange(variances, 0, wrong)))
        .isGreaterThan(5 * StatUtils.mean(Arrays.copyOfRange(variances, wrong, 150)));
    assertThat(found.logDensity(kernel, scores))
        .isGreaterThan(ScoreNoise.equal(scores.length, 0.2).logDensity(kernel, scores))
        .isGreaterThan(ScoreNoise.equal(scores.length, 0.6).logDensity(kernel, scores));
  }

  private static int applications(Architecture architecture) {
    return architecture.text().split("a~", -1).length - 1;
  }

  private static KernelScales scales(double[] scores) {
    return processes(ARCHITECTURES, scores).scales();
  }

  /** As they are learnt, a trend. */
  private static KernelScales scales(List<Architecture> architectures, double[] scores) {
    return processes(architectures, scores).scales().with(Shape.TREND);
  }

  private static SourceProcesses processes(List<Architecture> architectures, double[] scores) {
    return new SourceProcesses(
        FEATURES::table,
        List.of(new SourceScores("source", architectures, scores, NormalScores.noises(scores))));
  }
}
