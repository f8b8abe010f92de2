package org.xfernas.jobs.exchange;

import java.nio.file.Path;
import org.xfernas.jobs.table.TablesSettings;

/**
 * What the jobs read of a configuration.
 *
 * @param output directory of the runs
 * @param tables from which or into which trials are brought
 */
record ExchangeSections(Path output, TablesSettings tables) {}
