package org.xfernas.search.optimizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.MlpEnsembleTrainer;
import org.xfernas.search.surrogate.SurrogateTrainer;
import org.xfernas.search.surrogate.nao.NaoLoss;
import org.xfernas.search.transfer.JointNetworkTrainer;
import org.xfernas.search.transfer.KnowledgeCache;
import org.xfernas.search.transfer.NetworkTrainer;
import org.xfernas.search.transfer.ProcessTrainer;
import org.xfernas.search.transfer.RankingEnsembleTrainer;

/** The surrogates by name, with the ways in which each can learn from sources. */
public enum SurrogateType {
  /** A Gaussian process; with sources, the process form of transfer. */
  PROCESS,
  /** NAO's encoder and predictor; with sources, the network form of transfer. */
  NETWORK,
  /**
   * NAO's predictor alone; with sources, the transfer network as it is published, trained jointly
   * on the results of all tasks.
   */
  JOINT_NETWORK,
  /** Ranking-weighted ensemble of Gaussian processes; without sources, a Gaussian process. */
  RGPE,
  /** An ensemble of perceptrons, without transfer. */
  MLP_ENSEMBLE;

  private static final Map<String, SurrogateType> OTHER_NAMES =
      Map.of("gaussian-process", PROCESS, "nao", NETWORK);

  /** The type of a name in a configuration, or of another name that is in use for it. */
  public static Optional<SurrogateType> named(String name) {
    return Arrays.stream(values())
        .filter(type -> type.text().equals(name))
        .findFirst()
        .or(() -> Optional.ofNullable(OTHER_NAMES.get(name)));
  }

  /** Every name that a configuration may have. */
  public static List<String> names() {
    List<String> names = new ArrayList<>(Arrays.stream(values()).map(SurrogateType::text).toList());
    OTHER_NAMES.keySet().stream().sorted().forEach(names::add);
    return names;
  }

  /** The name in a configuration and in the tables. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether it has a {@link NaoLoss}. */
  public boolean isNetwork() {
    return this == NETWORK || this == JOINT_NETWORK;
  }

  /** Ways to learn from sources; empty where it cannot. */
  public List<Transfer> transfers() {
    return switch (this) {
      case PROCESS, RGPE -> List.of(Transfer.PROCESS);
      case NETWORK, JOINT_NETWORK -> List.of(Transfer.NETWORK);
      case MLP_ENSEMBLE -> List.of();
    };
  }

  /** A trainer; without knowledge it is the surrogate without transfer. */
  public SurrogateTrainer trainer(SearchSpace space, KnowledgeCache cache) {
    return trainer(space, cache, NaoLoss.DEFAULT);
  }

  /**
   * The same with a loss of the network's.
   *
   * @param loss of a {@link #isNetwork network}; others have none
   */
  public SurrogateTrainer trainer(SearchSpace space, KnowledgeCache cache, NaoLoss loss) {
    return switch (this) {
      case PROCESS -> new ProcessTrainer(space, cache);
      case NETWORK -> new NetworkTrainer(space, cache, NetworkTrainer.Settings.DEFAULT.with(loss));
      case JOINT_NETWORK ->
          new JointNetworkTrainer(space, cache, JointNetworkTrainer.Settings.DEFAULT.with(loss));
      case RGPE -> new RankingEnsembleTrainer(space, cache);
      case MLP_ENSEMBLE -> new MlpEnsembleTrainer(cache.features(space));
    };
  }
}
