package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVPrinter;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.jobs.table.SweepsTable.Measures;

/** The CSV files of a sweep. */
final class SweepFiles {
  private SweepFiles() {}

  /** One row per evaluation of every search, in the order of the grid. */
  static void writeEvaluations(Path path, String sweepId, SweepResults results) throws IOException {
    try (CSVPrinter csv =
        open(
            path,
            "sweep_id",
            "optimizer",
            "transfer",
            "task",
            "guide",
            "source_points",
            "target_points",
            "guard_case",
            "seed",
            "evaluation",
            "validation_accuracy",
            "test_accuracy",
            "regret",
            "optimizer_seconds")) {
      for (SweepCell cell : results.cells()) {
        for (Evaluation evaluation : results.within(cell)) {
          csv.printRecord(
              sweepId,
              cell.arm().type().text(),
              cell.arm().transferText(),
              cell.target(),
              evaluation.guide(),
              cell.sources().points(),
              null,
              cell.sources().sourceCase().text(),
              cell.sources().seed(),
              evaluation.evaluation(),
              known(evaluation.validationAccuracy()),
              known(evaluation.testAccuracy()),
              known(evaluation.regret()),
              evaluation.optimizerSeconds());
        }
      }
    }
  }

  /** One row per comparison. */
  static void writeComparisons(Path path, String sweepId, List<Comparison> comparisons)
      throws IOException {
    try (CSVPrinter csv =
        open(
            path,
            "sweep_id",
            "optimizer",
            "transfer",
            "rival",
            "rival_transfer",
            "source_points",
            "guard_case",
            "task",
            "evaluations",
            "pairs",
            "regret",
            "rival_regret",
            "p_better",
            "better",
            "p_not_worse",
            "not_worse",
            "rival_evaluations",
            "speed_up",
            "censored")) {
      for (Comparison comparison : comparisons) {
        csv.printRecord(
            sweepId,
            comparison.optimizer(),
            comparison.transfer(),
            comparison.rival(),
            comparison.rivalTransfer(),
            comparison.sourcePoints(),
            comparison.guardCase(),
            comparison.task(),
            comparison.evaluations(),
            comparison.pairs(),
            comparison.regret(),
            comparison.rivalRegret(),
            comparison.pBetter(),
            comparison.better(),
            comparison.pNotWorse(),
            comparison.notWorse(),
            comparison.rivalEvaluations(),
            comparison.speedUp(),
            comparison.censored());
      }
    }
  }

  /** One row per cell that is done, in the order of the grid. */
  static void writePredictions(Path path, String sweepId, PredictionResults results)
      throws IOException {
    try (CSVPrinter csv =
        open(
            path,
            "sweep_id",
            "surrogate",
            "transfer",
            "task",
            "source_points",
            "target_points",
            "seed",
            "pearson",
            "spearman",
            "kendall",
            "spearman_top_tenth",
            "regret_of_best",
            "fit_seconds")) {
      for (PredictionCell cell : results.cells()) {
        Measures measures = results.of(cell).orElse(null);
        if (measures != null) {
          csv.printRecord(
              sweepId,
              cell.key().learner(),
              cell.key().transfer(),
              cell.key().task(),
              cell.key().sourcePoints(),
              cell.targetPoints(),
              cell.key().seed(),
              known(measures.pearson()),
              known(measures.spearman()),
              known(measures.kendall()),
              known(measures.spearmanTopTenth()),
              known(measures.regretOfBest()),
              measures.fitSeconds());
        }
      }
    }
  }

  /** One row per comparison. */
  static void writePredictionComparisons(
      Path path, String sweepId, List<PredictionComparison> comparisons) throws IOException {
    try (CSVPrinter csv =
        open(
            path,
            "sweep_id",
            "surrogate",
            "transfer",
            "measure",
            "source_points",
            "guard_case",
            "task",
            "target_points",
            "pairs",
            "value",
            "plain_value",
            "p_better",
            "p_worse",
            "p_not_worse",
            "verdict")) {
      for (PredictionComparison comparison : comparisons) {
        csv.printRecord(
            sweepId,
            comparison.surrogate(),
            comparison.transfer(),
            comparison.measure().text(),
            comparison.sourcePoints(),
            comparison.guardCase(),
            comparison.task(),
            comparison.targetPoints(),
            comparison.pairs(),
            comparison.value(),
            comparison.plainValue(),
            comparison.pBetter(),
            comparison.pWorse(),
            comparison.pNotWorse(),
            comparison.verdict().text());
      }
    }
  }

  /** One row per gain. */
  static void writeGains(Path path, String sweepId, List<BacktestGain> gains) throws IOException {
    try (CSVPrinter csv =
        open(
            path,
            "sweep_id",
            "optimizer",
            "transfer",
            "task",
            "sources",
            "source_points",
            "evaluations",
            "pairs",
            "regret",
            "plain_regret",
            "gain",
            "low",
            "high",
            "verdict")) {
      for (BacktestGain gain : gains) {
        csv.printRecord(
            sweepId,
            gain.optimizer(),
            gain.transfer(),
            gain.task(),
            gain.sources(),
            gain.sourcePoints(),
            gain.evaluations(),
            gain.pairs(),
            gain.regret(),
            gain.plainRegret(),
            gain.gain(),
            gain.low(),
            gain.high(),
            gain.verdict().text());
      }
    }
  }

  private static CSVPrinter open(Path path, String... columns) throws IOException {
    return new CSVPrinter(
        Files.newBufferedWriter(path),
        CSVFormat.RFC4180.builder().setRecordSeparator("\n").setHeader(columns).build());
  }

  private static Double known(double value) {
    return Double.isNaN(value) ? null : value;
  }
}
