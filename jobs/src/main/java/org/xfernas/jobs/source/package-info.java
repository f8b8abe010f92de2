/**
 * What a search learns from besides its own trials: reads results of other tasks, from tables and
 * files, and makes source tasks of them. Depends on {@code config} and {@code table}.
 */
package org.xfernas.jobs.source;
