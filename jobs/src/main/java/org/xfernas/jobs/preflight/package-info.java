/**
 * The job that looks, before a search, at everything that it would fail on later. Depends on {@code
 * cluster}, {@code config}, {@code report} and {@code table}.
 */
package org.xfernas.jobs.preflight;
