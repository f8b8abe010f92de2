package org.xfernas.jobs.search;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.search.evaluator.TableColumns;
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
   * @param cost column with the simulated cost of an evaluation
   * @param minimize whether a lower metric is better
   */
  record Table(
      Path path,
      String architecture,
      String metric,
      Optional<String> testMetric,
      Optional<String> cost,
      boolean minimize)
      implements EvaluatorSettings {
    @Override
    public Objective objective() {
      return new Objective(metric, minimize);
    }

    /** The same guided by another metric. */
    Table with(String otherMetric) {
      return new Table(path, architecture, otherMetric, testMetric, cost, minimize);
    }

    /** The file, with further columns of numbers. */
    TableFile file(List<String> further) {
      List<String> numeric =
          Stream.concat(columns().numeric().stream(), further.stream()).distinct().toList();
      return new TableFile("xfernas.search.evaluator", path, architecture, numeric);
    }

    TableColumns columns() {
      return new TableColumns(architecture, metric, testMetric, cost);
    }
  }
}
