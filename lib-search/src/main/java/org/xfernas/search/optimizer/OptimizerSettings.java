package org.xfernas.search.optimizer;

import java.io.Serializable;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfernas.search.surrogate.nao.NaoLoss;
import org.xfernas.search.transfer.LearntSources;

/**
 * Which optimizer proposes, and how.
 *
 * @param type which one
 * @param surrogate Bayesian optimization: what predicts; other types have their own
 * @param transfer how it learns from sources; {@link Transfer#DEFAULT} is resolved here
 * @param population evolution: how many live
 * @param tournament evolution: how many of them compete
 * @param loss what NAO's network minimises, where it is the surrogate
 */
public record OptimizerSettings(
    OptimizerType type,
    SurrogateType surrogate,
    Transfer transfer,
    int population,
    int tournament,
    NaoLoss loss)
    implements Serializable {

  public OptimizerSettings {
    List<Transfer> ways = ways(type, surrogate);
    if (transfer == Transfer.DEFAULT) {
      transfer = ways.stream().findFirst().orElse(Transfer.NONE);
    }
    if (transfer != Transfer.NONE && !ways.contains(transfer)) {
      throw new IllegalArgumentException(
          "Cannot learn from sources in this way; set transfer to one of %s (optimizer=%s, transfer=%s)"
              .formatted(
                  Stream.concat(Stream.of(Transfer.NONE), ways.stream())
                      .map(OptimizerSettings::text)
                      .collect(Collectors.joining(", ")),
                  type.text(),
                  text(transfer)));
    }
  }

  /** The default surrogate. */
  public OptimizerSettings(OptimizerType type, Transfer transfer, int population, int tournament) {
    this(type, SurrogateType.PROCESS, transfer, population, tournament);
  }

  /** The default loss. */
  public OptimizerSettings(
      OptimizerType type,
      SurrogateType surrogate,
      Transfer transfer,
      int population,
      int tournament) {
    this(type, surrogate, transfer, population, tournament, NaoLoss.DEFAULT);
  }

  private static List<Transfer> ways(OptimizerType type, SurrogateType surrogate) {
    return type == OptimizerType.BAYESIAN ? surrogate.transfers() : type.transfers();
  }

  /** Whether architectures are read as tokens, which not every one has. */
  boolean readsTokens() {
    return type == OptimizerType.NAO
        || type == OptimizerType.REINFORCE
        || (type == OptimizerType.BAYESIAN && surrogate.isNetwork());
  }

  /**
   * Whether it predicts by what is learnt from a subsample of the sources, {@link LearntSources}.
   */
  public boolean subsamplesSources() {
    boolean ensemble =
        type == OptimizerType.RGPE
            || (type == OptimizerType.BAYESIAN && surrogate == SurrogateType.RGPE);
    return !ensemble && (transfer == Transfer.NETWORK || transfer == Transfer.PROCESS);
  }

  /** The same for another optimizer. */
  public OptimizerSettings with(OptimizerType otherType, Transfer otherTransfer) {
    return new OptimizerSettings(otherType, surrogate, otherTransfer, population, tournament, loss);
  }

  private static String text(Transfer transfer) {
    return transfer.name().toLowerCase(Locale.ROOT);
  }
}
