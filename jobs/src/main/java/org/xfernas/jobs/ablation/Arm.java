package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.SurrogateType;
import org.xfernas.search.optimizer.Transfer;

/**
 * An optimizer with one way to learn from sources: what a sweep compares.
 *
 * @param type the optimizer
 * @param transfer as the grid has it
 */
record Arm(OptimizerType type, Transfer transfer) implements Serializable {

  /** Those that there is nothing of without sources; their transfer is the default. */
  private static final Set<OptimizerType> BASELINES =
      EnumSet.of(OptimizerType.REPLAY, OptimizerType.REPLAY_EVOLUTION, OptimizerType.RGPE);

  /** The arms of an optimizer among these kinds of transfer: those that it has. */
  static List<Arm> of(OptimizerType type, List<Transfer> transfers) {
    return BASELINES.contains(type)
        ? List.of(new Arm(type, Transfer.DEFAULT))
        : transfers.stream().map(transfer -> new Arm(type, transfer)).filter(Arm::exists).toList();
  }

  private boolean exists() {
    return isAmong(type.transfers());
  }

  /** Whether there is it where Bayesian optimization is by this surrogate. */
  boolean existsBy(SurrogateType surrogate) {
    return type != OptimizerType.BAYESIAN || isAmong(surrogate.transfers());
  }

  private boolean isAmong(List<Transfer> ways) {
    return switch (transfer) {
      case NONE -> true;
      case DEFAULT -> !ways.isEmpty();
      case NETWORK, PROCESS, REPLAY -> ways.contains(transfer);
    };
  }

  /** Whether it looks at sources. */
  boolean transfers() {
    return transfer != Transfer.NONE;
  }

  /** Whether it is one of those that there is nothing of without sources. */
  boolean isBaseline() {
    return BASELINES.contains(type);
  }

  /** Name of the transfer in a configuration and in the tables. */
  String transferText() {
    return text(transfer);
  }

  /** Name of a kind of transfer. */
  static String text(Transfer transfer) {
    return transfer.name().toLowerCase(Locale.ROOT);
  }

  /** The kind of transfer of a name. */
  static Optional<Transfer> transferNamed(String name) {
    return List.of(Transfer.values()).stream()
        .filter(transfer -> text(transfer).equals(name))
        .findFirst();
  }

  @Override
  public String toString() {
    return "%s with transfer %s".formatted(type.text(), transferText());
  }
}
