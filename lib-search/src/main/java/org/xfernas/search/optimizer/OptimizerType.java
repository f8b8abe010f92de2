package org.xfernas.search.optimizer;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The optimizers by name, with the ways in which each can learn from sources. */
public enum OptimizerType {
  /** {@link RandomSearch}. */
  RANDOM,
  /** {@link RegularizedEvolution}. */
  EVOLUTION,
  /** {@link LocalSearch}. */
  LOCAL_SEARCH,
  /** Bayesian optimization. */
  BAYESIAN,
  /** Neural architecture optimization. */
  NAO,
  /** REINFORCE with a recurrent policy. */
  REINFORCE,
  /** Baseline: the sources' best, one after the other. */
  REPLAY,
  /** Baseline: the sources' best are the initial population of an evolution. */
  REPLAY_EVOLUTION,
  /** Baseline: ranking-weighted ensemble of Gaussian processes. */
  RGPE;

  private static final Map<String, OptimizerType> OTHER_NAMES =
      Map.of("random-search", RANDOM, "regularized-evolution", EVOLUTION);

  /** The type of a name in a configuration, or of another name that is in use for it. */
  public static Optional<OptimizerType> named(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return Arrays.stream(values())
        .filter(type -> type.text().equals(lower))
        .findFirst()
        .or(() -> Optional.ofNullable(OTHER_NAMES.get(lower)));
  }

  /** The name in a configuration and in the tables. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it chooses among given candidates, so that these can be the ones with a result. */
  public boolean choosesFromPool() {
    return switch (this) {
      case RANDOM, BAYESIAN, NAO, RGPE -> true;
      case EVOLUTION, LOCAL_SEARCH, REINFORCE, REPLAY, REPLAY_EVOLUTION -> false;
    };
  }

  /** Ways to learn from sources, the default first; empty where it cannot. */
  public List<Transfer> transfers() {
    return switch (this) {
      case RANDOM -> List.of();
      case EVOLUTION, LOCAL_SEARCH, BAYESIAN, RGPE -> List.of(Transfer.PROCESS);
      case NAO, REINFORCE -> List.of(Transfer.NETWORK);
      case REPLAY, REPLAY_EVOLUTION -> List.of(Transfer.REPLAY);
    };
  }
}
