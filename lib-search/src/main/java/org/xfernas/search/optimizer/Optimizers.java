package org.xfernas.search.optimizer;

import java.util.function.Supplier;
import org.xfernas.search.Seed;
import org.xfernas.search.space.ListedSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.ProcessTrainer;
import org.xfernas.search.transfer.RankingEnsembleTrainer;
import org.xfernas.search.transfer.policy.ReinforceTrainer;
import org.xfernas.search.trial.SourceKnowledge;

/** Makes optimizers of their settings: the one place that knows all of them. */
public final class Optimizers {
  private Optimizers() {}

  /**
   * The optimizer of these settings.
   *
   * @param settings which one, and how
   * @param space to search in
   * @param knowledge of the source tasks; not looked at where the transfer is {@link Transfer#NONE}
   * @param deduplication which candidates count as known
   * @param seed of everything random
   */
  public static Optimizer of(
      OptimizerSettings settings,
      SearchSpace space,
      SourceKnowledge knowledge,
      Deduplication deduplication,
      Seed seed) {
    return of(settings, space, knowledge, deduplication, seed, new KnowledgeCache());
  }

  /**
   * The optimizer of one of many searches.
   *
   * @param settings which one, and how
   * @param space to search in
   * @param knowledge of the source tasks; not looked at where the transfer is {@link Transfer#NONE}
   * @param deduplication which candidates count as known
   * @param seed of everything random
   * @param cache of what searches with the same space and knowledge share
   */
  public static Optimizer of(
      OptimizerSettings settings,
      SearchSpace space,
      SourceKnowledge knowledge,
      Deduplication deduplication,
      Seed seed,
      KnowledgeCache cache) {
    return of(settings, space, space, knowledge, deduplication, seed, cache);
  }

  /**
   * The optimizer of a search that may propose some architectures of a space only. What surrogates
   * know of the space is that of the whole.
   *
   * @param settings of an optimizer that {@linkplain OptimizerType#choosesFromPool chooses} among
   *     candidates
   * @param space of the architectures
   * @param listed the ones that may be proposed
   * @param knowledge of the source tasks; not looked at where the transfer is {@link Transfer#NONE}
   * @param seed of everything random
   * @param cache of what searches with the same space and knowledge share
   * @throws IllegalArgumentException where the optimizer makes its candidates itself
   */
  public static Optimizer among(
      OptimizerSettings settings,
      SearchSpace space,
      ListedSpace listed,
      SourceKnowledge knowledge,
      Seed seed,
      KnowledgeCache cache) {
    if (!settings.type().choosesFromPool()) {
      throw new IllegalArgumentException(
          "Cannot hold an optimizer to listed architectures that makes its candidates itself (optimizer=%s)"
              .formatted(settings.type().text()));
    }
    return of(settings, space, listed, knowledge, Deduplication.TEXT, seed, cache);
  }

  private static Optimizer of(
      OptimizerSettings settings,
      SearchSpace space,
      SearchSpace choices,
      SourceKnowledge knowledge,
      Deduplication deduplication,
      Seed seed,
      KnowledgeCache cache) {
    SourceKnowledge sources =
        settings.transfer() == Transfer.NONE ? SourceKnowledge.EMPTY : knowledge;
    if (settings.readsTokens()) {
      Optimizer optimizer =
          make(settings, space, choices, sources.encodable(space), deduplication, seed, cache);
      return new OfTokens(optimizer, space);
    }
    return make(settings, space, choices, sources, deduplication, seed, cache);
  }

  private static Optimizer make(
      OptimizerSettings settings,
      SearchSpace space,
      SearchSpace choices,
      SourceKnowledge sources,
      Deduplication deduplication,
      Seed seed,
      KnowledgeCache cache) {
    RegularizedEvolution.Settings evolution =
        new RegularizedEvolution.Settings(settings.population(), settings.tournament());
    Supplier<Screen> screen =
        () -> Screen.of(new ProcessTrainer(space, cache), sources, seed.child("screen"));
    return switch (settings.type()) {
      case RANDOM -> new RandomSearch(choices, deduplication, seed);
      case LOCAL_SEARCH -> new LocalSearch(space, screen.get(), deduplication, seed);
      case EVOLUTION ->
          new RegularizedEvolution(space, screen.get(), evolution, deduplication, seed);
      case REPLAY -> new Replay(space, sources, deduplication, seed);
      case REPLAY_EVOLUTION -> new ReplayEvolution(space, sources, evolution, deduplication, seed);
      case BAYESIAN ->
          new BayesianOptimization(
              "bayesian",
              choices,
              settings.surrogate().trainer(space, cache, settings.loss()),
              sources,
              BayesianOptimization.Settings.DEFAULT,
              deduplication,
              seed);
      case RGPE ->
          new BayesianOptimization(
              "rgpe",
              choices,
              new RankingEnsembleTrainer(space, cache),
              sources,
              BayesianOptimization.Settings.UNPROBED,
              deduplication,
              seed);
      case REINFORCE ->
          new Reinforce(
              space,
              new ReinforceTrainer(space, ReinforceTrainer.Settings.DEFAULT, cache),
              screen.get(),
              deduplication,
              seed);
      case NAO ->
          new Nao(
              choices,
              SurrogateType.NETWORK.trainer(space, cache, settings.loss()),
              sources,
              deduplication,
              seed);
    };
  }
}
