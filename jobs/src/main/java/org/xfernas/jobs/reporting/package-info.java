/**
 * The job that makes the reports of searches, sweeps and nights again. Depends on {@code ablation},
 * {@code nightly}, {@code search}, {@code table} and {@code report}.
 */
package org.xfernas.jobs.reporting;
