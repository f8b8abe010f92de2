package org.xfernas.jobs.search;

import java.nio.file.Path;
import java.util.Optional;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;

/**
 * The section {@code xfernas.report}.
 *
 * @param comparison CSV file of searches with and without transfer, which is shown beside a result
 */
record ReportSettings(Optional<Path> comparison) implements Checked {
  @Override
  public void check(Problems problems) {
    comparison.ifPresent(
        file -> problems.attempt("comparison", () -> TransferComparison.read(file)));
  }
}
