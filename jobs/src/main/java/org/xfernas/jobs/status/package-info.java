/**
 * The job that shows how far searches and nights are, from any terminal: it reads the tables and
 * nothing else. Depends on {@code config}, {@code nightly}, {@code search} and {@code table}.
 */
package org.xfernas.jobs.status;
