package org.xfernas.jobs.bench;

import java.nio.file.Path;

/**
 * What the job reads of a configuration.
 *
 * @param output directory of the runs
 */
record BenchSections(Path output) {}
