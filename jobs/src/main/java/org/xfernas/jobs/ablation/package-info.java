/**
 * The job that sweeps over a grid of searches in a table, or of predictions, on Spark, and compares
 * them. {@link org.xfernas.jobs.ablation.SweepKind} says what a cell is, {@link
 * org.xfernas.jobs.ablation.SweepWork} is what one Spark task does, {@link
 * org.xfernas.jobs.ablation.Sweep} runs what is missing. Depends on {@code search} for how a space
 * and an optimizer are declared, on {@code config}, {@code table}, {@code cluster} and {@code
 * report}.
 */
package org.xfernas.jobs.ablation;
