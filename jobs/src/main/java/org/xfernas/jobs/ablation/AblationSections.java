package org.xfernas.jobs.ablation;

import org.xfernas.jobs.search.SearchSettings;
import org.xfernas.jobs.table.TablesSettings;

/**
 * What the job reads of a configuration.
 *
 * @param ablation the sweep
 * @param search of which the optimizer's settings hold for every optimizer of the sweep
 * @param tables where results are kept
 */
record AblationSections(AblationSettings ablation, SearchSettings search, TablesSettings tables) {}
