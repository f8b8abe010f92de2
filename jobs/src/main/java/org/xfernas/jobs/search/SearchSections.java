package org.xfernas.jobs.search;

import java.nio.file.Files;
import java.nio.file.Path;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.table.TablesSettings;

/**
 * What the job reads of a configuration.
 *
 * @param output directory of the runs
 * @param search what to search, how, and for how long
 * @param tables where results are kept
 */
record SearchSections(Path output, SearchSettings search, TablesSettings tables)
    implements Checked {
  @Override
  public void check(Problems problems) {
    if (search.evaluator() instanceof EvaluatorSettings.Table table) {
      problems.require(
          Files.isReadable(table.path()),
          "search.evaluator.path",
          "there is no such file, seen from %s; correct the path"
              .formatted(Path.of("").toAbsolutePath()));
    }
  }
}
