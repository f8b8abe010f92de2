package org.xfernas.jobs.nightly;

import java.nio.file.Path;
import org.xfernas.jobs.table.TablesSettings;

/**
 * What the job reads of a configuration.
 *
 * @param output directory of the runs
 * @param nightly what is searched, and for how long
 * @param tables where results are kept
 */
record NightlySections(Path output, NightlySettings nightly, TablesSettings tables) {}
