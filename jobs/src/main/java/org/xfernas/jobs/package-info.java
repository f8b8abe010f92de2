/**
 * The entrance of every job ({@link org.xfernas.jobs.Main}) and the contract between it and the
 * jobs ({@link org.xfernas.jobs.Job}). Each job lives in a package of its own below and is listed
 * in {@code META-INF/services/org.xfernas.jobs.Job}; those packages depend on this one, which knows
 * none of them.
 */
package org.xfernas.jobs;
