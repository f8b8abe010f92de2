package org.xfernas.jobs.worker;

import org.xfernas.search.space.Architecture;

/**
 * One candidate to train; one line on the worker's standard input.
 *
 * @param number of the proposal
 * @param architecture to train
 * @param seed of the training
 * @param settings everything else that the trainer needs, in the trainer's own text form; equal for
 *     all trials of a search
 */
public record TrialRequest(int number, Architecture architecture, long seed, String settings) {}
