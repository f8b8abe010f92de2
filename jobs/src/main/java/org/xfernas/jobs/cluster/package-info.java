/**
 * Trials on Spark: one task per candidate, which supervises a trial worker, or one candidate over
 * several executors. Depends on {@code worker} and on the libraries; the jobs depend on it.
 */
package org.xfernas.jobs.cluster;
