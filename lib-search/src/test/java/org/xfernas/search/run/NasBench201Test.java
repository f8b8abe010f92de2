package org.xfernas.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.CsvTable;
import org.xfernas.search.evaluator.TableEvaluator;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.LocalSearch;
import org.xfernas.search.optimizer.Optimizer;
import org.xfernas.search.optimizer.RandomSearch;
import org.xfernas.search.optimizer.RegularizedEvolution;
import org.xfernas.search.optimizer.RegularizedEvolution.Settings;
import org.xfernas.search.optimizer.Screen;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Trial;

/**
 * Searches on NAS-Bench-201, guided by the validation accuracy after 12 epochs, find what was found
 * by an independent program in 500 runs: mean test accuracy after 200 epochs of the best by the
 * guide, the lower row of equals.
 */
class NasBench201Test {
  private static final Path PATH = Path.of("../../shared/data/nasbench201.csv.gz");
  private static final EdgeCellSpace SPACE =
      new EdgeCellSpace(
          4, List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3"));
  private static final int[] EVALUATIONS = {10, 50, 100, 200, 500};
  private static final int REFERENCE_RUNS = 500;

  private static ArchitectureTable table;

  @BeforeAll
  static void read() throws IOException {
    assumeTrue(Files.exists(PATH), "needs " + PATH);
    table =
        CsvTable.read(
            PATH,
            "arch",
            Stream.of("c10", "c100", "in16")
                .flatMap(task -> Stream.of(task + "_val12", task + "_test200_mean"))
                .toList());
  }

  /**
   * As many runs as the reference has: where nearly all of them find the optimum, the few that miss
   * it make the deviation, which 200 runs estimate too badly. Two samples of one distribution
   * differ by more than three standard errors in 0.3 % of the cells, so that for one of eight
   * choices of the seeds a right program misses one of the 45 cells. The seeds are the first ones,
   * not chosen.
   */
  @Tag("acceptance")
  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "c10, random, 92.57 93.50 93.74 93.89 94.02, 1.14 .36",
    "c10, evolution, 92.57 93.66 94.00 94.19 94.34, 1.14 .37",
    "c10, local-search, 91.77 93.42 93.98 94.20 94.35, 1.63 .42",
    "c100, random, 68.91 70.67 71.24 71.65 72.06, 1.96 .99",
    "c100, evolution, 68.91 71.28 72.08 72.42 72.48, 1.96 .90",
    "c100, local-search, 67.39 70.62 71.73 72.22 72.34, 3.23 1.25",
    "in16, random, 42.00 44.34 44.91 45.35 45.68, 2.92 1.11",
    "in16, evolution, 42.00 44.94 45.64 46.03 46.40, 2.92 .91",
    "in16, local-search, 39.72 44.11 45.49 45.94 46.36, 4.31 1.18"
  })
  void findsWhatTheReferenceFinds(String task, String optimizer, String means, String deviations)
      throws Exception {
    compare(REFERENCE_RUNS, task, optimizer, means, deviations);
  }

  @ParameterizedTest(name = "{0} {1}")
  @CsvSource({
    "c10, random, 92.57 93.50 93.74 93.89 94.02, 1.14 .36",
    "c100, evolution, 68.91 71.28 72.08 72.42 72.48, 1.96 .90",
    "in16, local-search, 39.72 44.11 45.49 45.94 46.36, 4.31 1.18"
  })
  void findsWhatTheReferenceFindsInFewRuns(
      String task, String optimizer, String means, String deviations) throws Exception {
    compare(20, task, optimizer, means, deviations);
  }

  private static void compare(
      int runs, String task, String optimizer, String means, String deviations)
      throws InterruptedException {
    List<StreamingStatistics> found = new ArrayList<>();
    for (int ignored : EVALUATIONS) {
      found.add(new StreamingStatistics());
    }
    for (int seed = 1; seed <= runs; seed++) {
      double[] run = testAccuracies(task, optimizer, new Seed(seed));
      for (int column = 0; column < EVALUATIONS.length; column++) {
        found.get(column).addValue(run[column]);
      }
    }

    double[] expected = numbers(means);
    double[] known = numbers(deviations);
    List<Double> standardErrors = new ArrayList<>();
    for (int column = 0; column < EVALUATIONS.length; column++) {
      double own = found.get(column).getStandardDeviation();
      double reference =
          switch (EVALUATIONS[column]) {
            case 10 -> known[0];
            case 100 -> known[1];
            default -> own;
          };
      standardErrors.add(
          (found.get(column).getMean() - expected[column])
              / Math.sqrt(own * own / runs + reference * reference / REFERENCE_RUNS));
      System.out.printf(
          "%s %s %d evaluations, %d runs: %.2f (sd %.2f), reference %.2f: %+.1f standard errors%n",
          task,
          optimizer,
          EVALUATIONS[column],
          runs,
          found.get(column).getMean(),
          own,
          expected[column],
          standardErrors.get(column));
    }
    assertThat(standardErrors).allSatisfy(error -> assertThat(error).isBetween(-3.0, 3.0));
  }

  private static double[] testAccuracies(String task, String optimizer, Seed seed)
      throws InterruptedException {
    String guide = task + "_val12";
    String test = task + "_test200_mean";
    SearchPlan plan =
        new SearchPlan(
            new Objective(guide, false),
            List.of(new StopCriterion.Evaluations(500)),
            Mode.SYNCHRONOUS,
            OptionalInt.empty(),
            seed);
    List<Trial> trials;
    try (TableEvaluator evaluator =
        new TableEvaluator(table, guide, Optional.of(test), NasBench201Test::seconds, 1)) {
      trials =
          new SearchRun(
                  SPACE,
                  optimizer(optimizer, seed),
                  evaluator,
                  SearchJournal.inMemory(),
                  plan,
                  SearchListener.NONE)
              .run()
              .trials();
    }
    double[] found = new double[EVALUATIONS.length];
    Trial best = trials.get(0);
    int column = 0;
    for (Trial trial : trials) {
      if (validation(trial) > validation(best)
          || (validation(trial) == validation(best) && row(trial) < row(best))) {
        best = trial;
      }
      if (trial.proposal().number() == EVALUATIONS[column]) {
        found[column++] = best.result().scores().test().getAsDouble();
      }
    }
    return found;
  }

  private static Optimizer optimizer(String name, Seed seed) {
    return switch (name) {
      case "random" -> new RandomSearch(SPACE, Deduplication.TEXT, seed);
      case "evolution" ->
          new RegularizedEvolution(
              SPACE, Screen.NONE, new Settings(10, 3), Deduplication.TEXT, seed);
      case "local-search" -> new LocalSearch(SPACE, Screen.NONE, Deduplication.TEXT, seed);
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** Seconds of 12 epochs, from a regression of measured times on the numbers of operations. */
  private static double seconds(Architecture architecture) {
    double seconds = 974.36;
    for (String operation : ((EdgeCell) architecture).operations()) {
      seconds +=
          switch (operation) {
            case "none" -> 76.89;
            case "nor_conv_3x3" -> 983.75;
            case "nor_conv_1x1" -> 767.76;
            case "avg_pool_3x3" -> 403.98;
            default -> 0;
          };
    }
    return seconds * 12 / 200;
  }

  private static double validation(Trial trial) {
    return trial.result().scores().validation().getAsDouble();
  }

  private static int row(Trial trial) {
    return table.row(trial.proposal().architecture().text()).getAsInt();
  }

  private static double[] numbers(String text) {
    return Stream.of(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }
}
