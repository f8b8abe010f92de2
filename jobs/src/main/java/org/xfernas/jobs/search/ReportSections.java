package org.xfernas.jobs.search;

import java.nio.file.Path;
import org.xfernas.jobs.table.TablesSettings;

/**
 * What showing a search needs of a configuration: neither images nor anything to evaluate with.
 *
 * @param output directory of the runs
 * @param search what was searched, how, and for how long
 * @param report what is shown beside its result
 * @param tables where its results are kept
 */
record ReportSections(
    Path output, SearchSettings search, ReportSettings report, TablesSettings tables) {}
