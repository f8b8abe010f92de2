package org.xfernas.jobs.preflight;

import java.time.Duration;

/**
 * The section {@code xfernas.preflight}; reference.conf says what each setting means.
 *
 * @param patience how long Spark may take to give the job its executors
 */
record PreflightSettings(Duration patience) {}
