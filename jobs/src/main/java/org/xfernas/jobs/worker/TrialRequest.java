package org.xfernas.jobs.worker;

/**
 * One candidate to train; one line on the worker's standard input.
 *
 * @param number of the proposal
 * @param architecture its text
 * @param seed of the training
 * @param settings everything else that the trainer needs, in the trainer's own text form; equal for
 *     all trials of a search
 */
public record TrialRequest(int number, String architecture, long seed, String settings) {}
