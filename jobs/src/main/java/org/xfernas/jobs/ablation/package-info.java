/**
 * The job that sweeps over a grid of searches in a table, each a Spark task, and compares them.
 * Settings make cells, {@link org.xfernas.jobs.ablation.SweepSearch} runs one, {@link
 * org.xfernas.jobs.ablation.Sweep} runs what is missing. Depends on {@code search} for how a space
 * and an optimizer are declared, on {@code config}, {@code table}, {@code cluster} and {@code
 * report}.
 */
package org.xfernas.jobs.ablation;
