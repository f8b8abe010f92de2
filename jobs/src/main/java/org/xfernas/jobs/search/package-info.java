/**
 * The job that searches: its settings, the search they make, what the user sees while it runs and
 * at its end. Depends on {@code config}, {@code table}, {@code cluster} and {@code report}.
 */
package org.xfernas.jobs.search;
