package org.xfernas.jobs.source;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;

/**
 * One of {@code xfernas.search.sources}: an earlier task, from the evaluator's own table or from a
 * file.
 *
 * @param task its name; of a file with a column {@code task}, the rows of this one
 * @param evaluations how many random draws; empty: all of a file; of a file with several knowledge
 *     units, of each
 * @param metric column with its values; empty: {@value #VALIDATION_ACCURACY} of a file
 * @param minimize whether a lower value is better, where a file does not say
 * @param path of the file; empty: the evaluator's table
 * @param architecture column of a file with the architecture's text
 */
public record SourceSettings(
    String task,
    Optional<Integer> evaluations,
    Optional<String> metric,
    boolean minimize,
    Optional<Path> path,
    Optional<String> architecture)
    implements Checked {
  private static final String VALIDATION_ACCURACY = "validation_accuracy";
  private static final String ARCHITECTURE = "architecture";

  /** Whether it is drawn from the evaluator's table. */
  public boolean isDrawn() {
    return path.isEmpty();
  }

  /** The column with its values. */
  public String metricColumn() {
    return metric.orElse(VALIDATION_ACCURACY);
  }

  /** Whether its values are those that a file of trials says the metric and the direction of. */
  boolean isOfValidation() {
    return metricColumn().equals(VALIDATION_ACCURACY);
  }

  /** The column of a file with the architecture's text. */
  String architectureColumn() {
    return architecture.orElse(ARCHITECTURE);
  }

  @Override
  public void check(Problems problems) {
    problems.require(
        evaluations.isEmpty() || evaluations.get() > 0, "evaluations", "must be 1 or more");
    if (isDrawn()) {
      problems.require(
          evaluations.isPresent(), "evaluations", "is missing; set it to a number of random draws");
      problems.require(
          metric.isPresent(), "metric", "is missing; set it to a column of the evaluator's table");
    } else {
      problems.require(
          Files.isReadable(path.get()),
          "path",
          "there is no such file, seen from %s; correct the path"
              .formatted(Path.of("").toAbsolutePath()));
    }
  }
}
