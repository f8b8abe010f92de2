package org.xfernas.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestSources;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.CsvTable;
import org.xfernas.search.evaluator.TableEvaluator;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.Optimizer;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.Optimizers;
import org.xfernas.search.optimizer.Transfer;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.Trial;

/**
 * Searches on NAS-Bench-201 that learn from 200 random architectures of each of the two other data
 * sets, with their validation accuracy after 200 epochs, guided by the target's after 12 epochs:
 * regret of the guide in per cent of the distance between optimum and median.
 */
class NasBench201TransferTest {
  private static final Path PATH = Path.of("../../shared/data/nasbench201.csv.gz");
  private static final EdgeCellSpace SPACE =
      new EdgeCellSpace(
          4, List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));
  private static final Map<String, String> SOURCE_METRICS =
      Map.of("c10", "c10_val200_mean", "c100", "c100_val200_seed1", "in16", "in16_val200_seed1");
  private static final int[] EVALUATIONS = {5, 10, 20, 33};

  /** Where what the target told by itself has long outweighed the sources. */
  private static final int[] MANY_EVALUATIONS = {64, 100};

  /** Runs behind the figures that others found. */
  private static final int REFERENCE_RUNS = 50;

  private static final KnowledgeCache CACHE = new KnowledgeCache();

  private static ArchitectureTable table;

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(Files.exists(PATH), "needs " + PATH);
    table =
        CsvTable.read(
            PATH,
            "arch",
            SOURCE_METRICS.entrySet().stream()
                .flatMap(task -> Stream.of(task.getKey() + "_val12", task.getValue()))
                .toList());
  }

  /** Within three standard errors of the difference to the reference's mean over 50 runs. */
  @Tag("acceptance")
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "c10, replay, 6.0 5.5 5.0 5.0",
    "c100, replay, 7.4 6.7 6.2 6.2",
    "in16, replay, 11.8 11.3 11.2 11.1",
    "c10, replay-evolution, 6.0 5.5 4.6 3.7",
    "c100, replay-evolution, 7.4 6.7 5.1 3.9",
    "in16, replay-evolution, 11.8 11.3 9.7 8.7"
  })
  void theBaselinesReachTheirReference(String task, String optimizer, String reference)
      throws InterruptedException {
    List<StreamingStatistics> regret = regret(task, optimizer, Transfer.DEFAULT, REFERENCE_RUNS);
    double[] expected = Stream.of(reference.split(" ")).mapToDouble(Double::parseDouble).toArray();
    for (int column = 0; column < EVALUATIONS.length; column++) {
      double error = regret.get(column).getStandardDeviation() * Math.sqrt(2.0 / REFERENCE_RUNS);
      assertThat(regret.get(column).getMean())
          .as("regret after %d evaluations", EVALUATIONS[column])
          .isBetween(expected[column] - 3 * error, expected[column] + 3 * error);
    }
  }

  /** The goals of the default optimizer: mean regret after 5, 10, 20 and 33 evaluations. */
  @Tag("acceptance")
  @ParameterizedTest(name = "{0}")
  @CsvSource({
    "c10_val12, 4 1.5 0.5 0.2",
    "c100_val12, 4 1.5 0.5 0.2",
    "in16_val12, 6 3 1 0.3",
    "c10_val200_mean, 4 1.5 0.5 0.2",
    "c100_val200_seed1, 5 2 0.8 0.3",
    "in16_val200_seed1, 5 3 1.5 0.5"
  })
  void theDefaultReachesItsGoals(String guide, String goals) throws InterruptedException {
    List<StreamingStatistics> regret =
        regret(guide, "bayesian", Transfer.DEFAULT, UnaryOperator.identity(), 10);
    double[] most = Stream.of(goals.split(" ")).mapToDouble(Double::parseDouble).toArray();
    for (int column = 0; column < EVALUATIONS.length; column++) {
      assertThat(regret.get(column).getMean())
          .as("regret after %d evaluations", EVALUATIONS[column])
          .isLessThanOrEqualTo(most[column]);
    }
  }

  /** The same in short: two runs, and the sum of their regrets, of which the goal is 3. */
  @Test
  void theDefaultLearnsFromSources() throws InterruptedException {
    List<StreamingStatistics> regret =
        regret("c10_val12", "bayesian", Transfer.DEFAULT, UnaryOperator.identity(), 2);

    assertThat(regret.get(1).getSum()).isLessThan(8);
  }

  /** Sources that mislead cost little: points of regret after 5, 10, 20 and 33 evaluations. */
  @Tag("acceptance")
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "bayesian, flipped, 9 2 1 1",
    "bayesian, shuffled, 1 1 1 1",
    "reinforce, flipped, 9 2 1 1",
    "reinforce, shuffled, 1 1 1 1",
    "evolution, flipped, 9 2 1 1"
  })
  void misleadingSourcesCostLittle(String optimizer, String damage, String points)
      throws InterruptedException {
    UnaryOperator<double[]> damaged =
        damage.equals("flipped")
            ? values -> Arrays.stream(values).map(value -> -value).toArray()
            : NasBench201TransferTest::shuffled;
    double[] most = Stream.of(points.split(" ")).mapToDouble(Double::parseDouble).toArray();
    double[] gaps = new double[EVALUATIONS.length];
    for (String guide : List.of("c10_val12", "c100_val12", "in16_val12")) {
      List<StreamingStatistics> without =
          regret(guide, optimizer, Transfer.NONE, UnaryOperator.identity(), 10);
      List<StreamingStatistics> with = regret(guide, optimizer, Transfer.DEFAULT, damaged, 10);
      for (int column = 0; column < gaps.length; column++) {
        gaps[column] += (with.get(column).getMean() - without.get(column).getMean()) / 3;
      }
    }
    for (int column = 0; column < gaps.length; column++) {
      assertThat(gaps[column])
          .as("gap after %d evaluations", EVALUATIONS[column])
          .isLessThanOrEqualTo(most[column]);
    }
  }

  private static double[] shuffled(double[] values) {
    List<Double> list = new ArrayList<>(Arrays.stream(values).boxed().toList());
    Collections.shuffle(list, new Random(11));
    return list.stream().mapToDouble(value -> value).toArray();
  }

  /** With sources it is better after 5 and 10 evaluations, and nowhere worse. */
  @Tag("acceptance")
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "c10, evolution",
    "c100, evolution",
    "in16, evolution",
    "c10, local-search",
    "c100, local-search",
    "in16, local-search",
    "c10, reinforce",
    "c100, reinforce",
    "in16, reinforce",
    "c10, bayesian",
    "c100, bayesian",
    "in16, bayesian"
  })
  void sourcesHelp(String task, String optimizer) throws InterruptedException {
    int runs = 10;
    List<StreamingStatistics> without = regret(task, optimizer, Transfer.NONE, runs);
    List<StreamingStatistics> with = regret(task, optimizer, Transfer.DEFAULT, runs);
    for (int column = 0; column < EVALUATIONS.length; column++) {
      assertThat(with.get(column).getMean())
          .as("regret after %d evaluations", EVALUATIONS[column])
          .isLessThan(without.get(column).getMean() + (EVALUATIONS[column] <= 10 ? 0 : 1));
    }
  }

  /** After the hand-over sources cost nothing. */
  @Tag("acceptance")
  @Test
  void sourcesCostNothingInALongSearch() throws InterruptedException {
    double[] gaps = new double[MANY_EVALUATIONS.length];
    for (String guide : List.of("c10_val12", "c100_val12", "in16_val12")) {
      List<StreamingStatistics> without = longRegret(guide, Transfer.NONE);
      List<StreamingStatistics> with = longRegret(guide, Transfer.DEFAULT);
      for (int column = 0; column < gaps.length; column++) {
        gaps[column] += (with.get(column).getMean() - without.get(column).getMean()) / 3;
      }
    }

    assertThat(Arrays.stream(gaps).max().orElseThrow()).isLessThan(0.5);
  }

  private static List<StreamingStatistics> longRegret(String guide, Transfer transfer)
      throws InterruptedException {
    return regret(guide, "bayesian", transfer, UnaryOperator.identity(), 5, MANY_EVALUATIONS);
  }

  private static List<StreamingStatistics> regret(
      String task, String optimizer, Transfer transfer, int runs) throws InterruptedException {
    return regret(task + "_val12", optimizer, transfer, UnaryOperator.identity(), runs);
  }

  private static List<StreamingStatistics> regret(
      String guide, String optimizer, Transfer transfer, UnaryOperator<double[]> damage, int runs)
      throws InterruptedException {
    return regret(guide, optimizer, transfer, damage, runs, EVALUATIONS);
  }

  private static List<StreamingStatistics> regret(
      String guide,
      String optimizer,
      Transfer transfer,
      UnaryOperator<double[]> damage,
      int runs,
      int[] evaluations)
      throws InterruptedException {
    OptimizerSettings settings =
        new OptimizerSettings(OptimizerType.named(optimizer).orElseThrow(), transfer, 10, 3);
    List<StreamingStatistics> regret = new ArrayList<>();
    for (int ignored : evaluations) {
      regret.add(new StreamingStatistics());
    }
    for (int seed = 1; seed <= runs; seed++) {
      double[] run = regret(guide, settings, damage, new Seed(seed), evaluations);
      for (int column = 0; column < evaluations.length; column++) {
        regret.get(column).addValue(run[column]);
      }
    }
    System.out.printf("%s %s %s, %d runs:", guide, optimizer, settings.transfer(), runs);
    regret.forEach(
        column ->
            System.out.printf(" %.2f (sd %.2f)", column.getMean(), column.getStandardDeviation()));
    System.out.println();
    return regret;
  }

  private static double[] regret(
      String guide,
      OptimizerSettings settings,
      UnaryOperator<double[]> damage,
      Seed seed,
      int[] evaluations)
      throws InterruptedException {
    String task = guide.substring(0, guide.indexOf('_'));
    double[] values = table.column(guide);
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double optimum = sorted[sorted.length - 1];
    double median = (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    Optimizer optimizer =
        Optimizers.of(
            settings,
            SPACE,
            sources(task, damage, seed),
            Deduplication.TEXT,
            seed.child("optimizer"),
            CACHE);
    SearchPlan plan =
        new SearchPlan(
            new Objective(guide, false),
            List.of(new StopCriterion.Evaluations(evaluations[evaluations.length - 1])),
            Mode.SYNCHRONOUS,
            OptionalInt.empty(),
            seed);
    try (TableEvaluator evaluator =
        new TableEvaluator(table, guide, Optional.empty(), architecture -> 0, 1)) {
      List<Trial> trials =
          new SearchRun(
                  SPACE, optimizer, evaluator, SearchJournal.inMemory(), plan, SearchListener.NONE)
              .run()
              .trials();
      return Arrays.stream(evaluations)
          .mapToDouble(
              many ->
                  trials.subList(0, many).stream()
                      .mapToDouble(trial -> trial.result().scores().validation().getAsDouble())
                      .max()
                      .orElseThrow())
          .map(best -> 100 * (optimum - best) / (optimum - median))
          .toArray();
    }
  }

  private static SourceKnowledge sources(String target, UnaryOperator<double[]> damage, Seed seed) {
    return new SourceKnowledge(
        Stream.of("c10", "c100", "in16")
            .filter(task -> !task.equals(target))
            .map(
                task -> {
                  double[] values = damage.apply(table.column(SOURCE_METRICS.get(task)));
                  return TestSources.drawn(
                      task, SPACE, table.architectures(), values, 200, seed.child("source", task));
                })
            .toList());
  }
}
