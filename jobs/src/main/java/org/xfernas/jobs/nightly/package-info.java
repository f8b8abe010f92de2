/**
 * The job that searches every night on a list of tasks, whatever is due, and tidies up the tables.
 * Depends on {@code config}, {@code search}, {@code table} and {@code report}.
 */
package org.xfernas.jobs.nightly;
