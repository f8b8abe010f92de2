package org.xfernas.jobs.bench;

import java.nio.file.Path;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.table.TablesSettings;

/**
 * What the job reads of a configuration.
 *
 * @param output directory of the runs
 * @param bench how much is measured
 * @param tables of the history
 */
record BenchSections(Path output, Bench bench, TablesSettings tables) {

  /**
   * How much is measured.
   *
   * @param trials rows of the table in {@code bench history}
   */
  record Bench(long trials) implements Checked {
    @Override
    public void check(Problems problems) {
      problems.require(trials >= 10, "trials", "must be 10 or more");
    }
  }
}
