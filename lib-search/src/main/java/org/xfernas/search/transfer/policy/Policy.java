package org.xfernas.search.transfer.policy;

import java.util.random.RandomGenerator;
import org.xfernas.search.space.Architecture;

/** A distribution over the architectures of a space; immutable. */
public interface Policy {

  /** An architecture drawn from it. */
  Architecture sample(RandomGenerator random);

  /** Logarithm of the probability of an architecture. */
  double logLikelihood(Architecture architecture);
}
