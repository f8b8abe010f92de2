/**
 * The job that answers questions in Spark SQL, and the views that it offers. Depends on {@code
 * config}, {@code report} and {@code table}.
 */
package org.xfernas.jobs.history;
