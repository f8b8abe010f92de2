package org.xfernas.search.trial;

/**
 * What a surrogate expects of an architecture, on the scale of the history's scores.
 *
 * @param mean expected score
 * @param standardDeviation uncertainty of that expectation, not negative
 */
public record Prediction(double mean, double standardDeviation) {}
