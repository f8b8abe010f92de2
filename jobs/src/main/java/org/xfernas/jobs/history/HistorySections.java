package org.xfernas.jobs.history;

import java.nio.file.Path;
import org.xfernas.jobs.table.TablesSettings;

/**
 * What the job reads of a configuration.
 *
 * @param output directory of the runs
 * @param tables that are asked
 */
record HistorySections(Path output, TablesSettings tables) {}
