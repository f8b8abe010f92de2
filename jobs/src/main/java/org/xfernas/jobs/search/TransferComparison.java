package org.xfernas.jobs.search;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.hipparchus.stat.descriptive.DescriptiveStatistics;
import org.xfernas.jobs.report.PairedTest;
import org.xfernas.search.evaluator.CsvTable;

/**
 * What searches reached with and without transfer, in pairs of one seed: the best validation
 * accuracy, in per cent, after each evaluation.
 *
 * @param file where they are kept
 * @param with by evaluation, then by seed
 * @param without likewise, of the same seeds and evaluations
 */
record TransferComparison(
    Path file,
    SortedMap<Integer, SortedMap<Integer, Double>> with,
    SortedMap<Integer, SortedMap<Integer, Double>> without) {
  private static final List<String> COLUMNS =
      List.of("seed", "transfer", "evaluation", "validation_accuracy");
  private static final String NONE = "none";

  /** Evaluations that are shown, beside the last. */
  private static final List<Integer> SHOWN = List.of(1, 2, 5, 10, 20, 50, 100);

  /**
   * Reads a CSV file with the columns seed, transfer ({@code none}, or anything else for with
   * transfer), evaluation and validation_accuracy.
   *
   * @throws IllegalArgumentException where the file cannot be read, or its content is no such table
   */
  static TransferComparison read(Path file) {
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "there is no such file, seen from %s; correct the path, or set it to null"
              .formatted(Path.of("").toAbsolutePath()));
    }
    SortedMap<Integer, SortedMap<Integer, Double>> with = new TreeMap<>();
    SortedMap<Integer, SortedMap<Integer, Double>> without = new TreeMap<>();
    try {
      CsvTable.forEachRow(file, COLUMNS, List.of(), (line, row) -> add(row, line, with, without));
    } catch (IOException e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    TransferComparison comparison = new TransferComparison(file, with, without);
    if (with.isEmpty() || !comparison.isPaired()) {
      throw new IllegalArgumentException(
          "it needs the same seeds and evaluations with and without transfer");
    }
    return comparison;
  }

  private static void add(
      List<String> row,
      long line,
      SortedMap<Integer, SortedMap<Integer, Double>> with,
      SortedMap<Integer, SortedMap<Integer, Double>> without) {
    try {
      (row.get(1).equals(NONE) ? without : with)
          .computeIfAbsent(Integer.valueOf(row.get(2)), evaluation -> new TreeMap<>())
          .put(Integer.valueOf(row.get(0)), Double.valueOf(row.get(3)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "line %d has something else than a number: %s".formatted(line, e.getMessage()), e);
    }
  }

  private boolean isPaired() {
    return with.keySet().equals(without.keySet())
        && with.keySet().stream()
            .allMatch(at -> with.get(at).keySet().equals(without.get(at).keySet()));
  }

  /** A table for a person: means, standard deviations and the test of the differences. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "what sources were worth in earlier searches with %d seeds (best so far, mean and deviation):"
            .formatted(with.get(with.firstKey()).size()));
    lines.add("  evaluations  with sources  without       difference  p");
    SortedSet<Integer> shown = new TreeSet<>(SHOWN);
    shown.retainAll(with.keySet());
    shown.add(with.lastKey());
    for (int evaluation : shown) {
      lines.add(line(evaluation));
    }
    lines.add("  p: how likely such a gain is by chance (Wilcoxon's test of pairs, one-sided)");
    lines.add("  from: " + file);
    return lines;
  }

  private String line(int evaluation) {
    double[] losses = losses(evaluation);
    return String.format(
        Locale.ROOT,
        "  %11d  %-12s  %-12s  %+10.2f  %.3f",
        evaluation,
        meanAndDeviation(with.get(evaluation)),
        meanAndDeviation(without.get(evaluation)),
        -new DescriptiveStatistics(losses).getMean(),
        PairedTest.lower(losses));
  }

  /** What is lost by transfer, negative where it helps; one for each seed. */
  private double[] losses(int evaluation) {
    SortedMap<Integer, Double> others = without.get(evaluation);
    return with.get(evaluation).entrySet().stream()
        .mapToDouble(entry -> others.get(entry.getKey()) - entry.getValue())
        .toArray();
  }

  private static String meanAndDeviation(SortedMap<Integer, Double> accuracies) {
    DescriptiveStatistics statistics =
        new DescriptiveStatistics(
            accuracies.values().stream().mapToDouble(Double::doubleValue).toArray());
    return String.format(
        Locale.ROOT, "%.2f %.2f", statistics.getMean(), statistics.getStandardDeviation());
  }
}
