package org.xfernas.jobs.preflight;

import java.nio.file.Path;
import org.xfernas.jobs.cluster.WorkerSettings;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.models.dataset.DataSettings;

/**
 * What the job reads of a configuration.
 *
 * @param output directory of the runs
 * @param preflight its own settings
 * @param data that would be trained on
 * @param worker that would train
 * @param tables that results would go to
 */
record PreflightSections(
    Path output,
    PreflightSettings preflight,
    DataSettings data,
    WorkerSettings worker,
    TablesSettings tables) {}
