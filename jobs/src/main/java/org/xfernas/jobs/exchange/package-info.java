/**
 * The jobs that bring histories of trials into files and back, with a manifest beside each file.
 * Depends on {@code config}, {@code report}, {@code search} and {@code table}.
 */
package org.xfernas.jobs.exchange;
