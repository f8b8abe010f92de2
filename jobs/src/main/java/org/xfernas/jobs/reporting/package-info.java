/**
 * The job that makes the reports of searches again. Depends on {@code search}, {@code table} and
 * {@code report}.
 */
package org.xfernas.jobs.reporting;
