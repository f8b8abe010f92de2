package org.xfernas.jobs.search;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;

/** The section {@code xfernas.search.evaluator}. */
public sealed interface EvaluatorSettings {

  /**
   * Candidates are trained as {@code xfernas.trial} says, on the images of {@code xfernas.data}.
   */
  record Train() implements EvaluatorSettings {}

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
      implements EvaluatorSettings, Checked {
    @Override
    public void check(Problems problems) {
      problems.require(
          Files.isReadable(path),
          "path",
          "there is no such file, seen from %s; correct the path"
              .formatted(Path.of("").toAbsolutePath()));
    }
  }
}
