/**
 * The job that measures speed. Depends on {@code config}, {@code report}, lib-models and
 * lib-search, which have the measurements.
 */
package org.xfernas.jobs.bench;
