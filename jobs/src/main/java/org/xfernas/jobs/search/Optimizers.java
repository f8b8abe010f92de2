package org.xfernas.jobs.search;

import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.LocalSearch;
import org.xfernas.search.optimizer.Optimizer;
import org.xfernas.search.optimizer.RandomSearch;
import org.xfernas.search.optimizer.RegularizedEvolution;
import org.xfernas.search.space.SearchSpace;

/** Makes the optimizer that a configuration names. */
final class Optimizers {
  private Optimizers() {}

  static Optimizer of(SearchSettings settings, SearchSpace space) {
    SearchSettings.Optimizer optimizer = settings.optimizer();
    Deduplication deduplication = settings.deduplication();
    Seed seed = new Seed(settings.seed()).child("optimizer");
    return switch (optimizer.type()) {
      case SearchSettings.Optimizer.RANDOM -> new RandomSearch(space, deduplication, seed);
      case SearchSettings.Optimizer.LOCAL_SEARCH -> new LocalSearch(space, deduplication, seed);
      case SearchSettings.Optimizer.EVOLUTION ->
          new RegularizedEvolution(
              space,
              new RegularizedEvolution.Settings(optimizer.population(), optimizer.tournament()),
              deduplication,
              seed);
      default -> throw new IllegalArgumentException("No optimizer " + optimizer.type());
    };
  }
}
