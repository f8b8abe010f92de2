/**
 * The job that shows how far searches, sweeps and nights are, from any terminal: it reads the
 * tables and nothing else. Depends on {@code ablation}, {@code config}, {@code nightly}, {@code
 * search} and {@code table}.
 */
package org.xfernas.jobs.status;
