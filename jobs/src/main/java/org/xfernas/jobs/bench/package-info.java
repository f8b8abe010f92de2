/**
 * The job that measures speed. Depends on {@code config}, {@code report} and lib-models, which has
 * the measurements.
 */
package org.xfernas.jobs.bench;
