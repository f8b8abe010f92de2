/**
 * The job that answers questions in Spark SQL, the views that it offers, and the same for
 * notebooks. Depends on {@code config}, {@code report}, {@code search} and {@code table}.
 */
package org.xfernas.jobs.history;
