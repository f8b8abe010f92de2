package org.xfernas.search.transfer.policy;

import java.util.Optional;
import java.util.random.RandomGenerator;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.TransferShares;

/** A distribution over the architectures of a space; immutable. */
public interface Policy {

  /** An architecture drawn from it. */
  Architecture sample(RandomGenerator random);

  /** Logarithm of the probability of an architecture. */
  double logLikelihood(Architecture architecture);

  /** How much of it comes from which source; empty where it was fitted without. */
  Optional<TransferShares> shares();
}
