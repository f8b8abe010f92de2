package org.xfernas.search.trial;

/**
 * A proposal with its result.
 *
 * @param proposal what was evaluated
 * @param result what came of it
 */
public record Trial(Proposal proposal, TrialResult result) {}
