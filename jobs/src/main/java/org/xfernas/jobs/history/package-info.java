/** The job that answers questions in Spark SQL. Depends on {@code table}. */
package org.xfernas.jobs.history;
