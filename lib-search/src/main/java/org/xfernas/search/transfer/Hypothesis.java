package org.xfernas.search.transfer;

import org.xfernas.search.surrogate.KernelScales;

/**
 * A link and the hyperparameters of its Gaussian process.
 *
 * @param link to the sources
 * @param logPrior logarithm of its prior probability, up to a constant
 * @param scales of the residual's kernel
 * @param residual variance of the residual
 * @param noise variance of an observation
 * @param level variance of the level a
 * @param stretch factor from the target's standardised scores to the scale of the sources' scores
 */
record Hypothesis(
    Link link,
    double logPrior,
    KernelScales scales,
    double residual,
    double noise,
    double level,
    double stretch) {

  /** The same with another stretch, which the covariance does not depend on. */
  Hypothesis stretched(double other) {
    return new Hypothesis(link, logPrior, scales, residual, noise, level, other);
  }
}
