package org.xfernas.jobs.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.TableColumns;
import org.xfernas.search.evaluator.TableFeatures;
import org.xfernas.search.trial.Objective;

/** The section {@code xfernas.search.evaluator}. */
public sealed interface EvaluatorSettings {

  /** What guides the search. */
  Objective objective();

  /**
   * Candidates are trained as {@code xfernas.trial} says, on the images of {@code xfernas.data}.
   */
  record Train() implements EvaluatorSettings {
    @Override
    public Objective objective() {
      return Objective.VALIDATION_ACCURACY;
    }
  }

  /**
   * Candidates are looked up.
   *
   * @param path a CSV file, a CSV file compressed by gzip, or a file or directory of Parquet
   * @param architecture column with the architecture's text
   * @param metric column that guides the search
   * @param testMetric column that is reported and never optimized
   * @param cost column with the simulated cost of an evaluation, which counts as seconds
   * @param features columns that surrogates see beside the structure of an architecture
   * @param minimize whether a lower metric is better
   */
  record Table(
      Path path,
      String architecture,
      String metric,
      Optional<String> testMetric,
      Optional<String> cost,
      Optional<List<String>> features,
      boolean minimize)
      implements EvaluatorSettings {
    @Override
    public Objective objective() {
      return new Objective(metric, minimize);
    }

    /** The same guided by another metric. */
    Table with(String otherMetric) {
      return new Table(path, architecture, otherMetric, testMetric, cost, features, minimize);
    }

    /** The file, with further columns of numbers. */
    TableFile file(List<String> further) {
      List<String> numeric =
          Stream.of(columns().numeric(), featureColumns(), further)
              .flatMap(List::stream)
              .distinct()
              .toList();
      return new TableFile("xfernas.search.evaluator", path, architecture, numeric);
    }

    /** The column with the cost, where its name does not say that it is seconds. */
    Optional<String> otherCost() {
      return cost.filter(
          column -> !column.matches("(.*_)?(seconds|s)") || column.endsWith("_per_s"));
    }

    /** The columns that are features. */
    List<String> featureColumns() {
      return features.orElse(List.of());
    }

    /**
     * What surrogates see beside the structure of an architecture.
     *
     * @param table that was read
     * @throws UsageException where a column is no feature
     */
    TableFeatures features(ArchitectureTable table) {
      try {
        return new TableFeatures(table, featureColumns());
      } catch (IllegalArgumentException e) {
        throw new UsageException("xfernas.search.evaluator.features: " + e.getMessage());
      }
    }

    TableColumns columns() {
      return new TableColumns(architecture, metric, testMetric, cost);
    }
  }
}
