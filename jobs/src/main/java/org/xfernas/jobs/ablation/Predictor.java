package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.List;
import org.xfernas.search.optimizer.SurrogateType;
import org.xfernas.search.optimizer.Transfer;

/**
 * A surrogate with one way to learn from sources: what a sweep over predictions compares.
 *
 * @param surrogate the surrogate
 * @param transfer as the grid has it
 */
record Predictor(SurrogateType surrogate, Transfer transfer) implements Serializable {

  /** Every combination, those included that do not exist. */
  static List<Predictor> of(List<SurrogateType> surrogates, List<Transfer> transfers) {
    return surrogates.stream()
        .flatMap(surrogate -> transfers.stream().map(way -> new Predictor(surrogate, way)))
        .toList();
  }

  /** Whether the surrogate can learn in this way. */
  boolean exists() {
    return switch (transfer) {
      case NONE -> true;
      case DEFAULT -> !surrogate.transfers().isEmpty();
      case NETWORK, PROCESS, REPLAY -> surrogate.transfers().contains(transfer);
    };
  }

  /** Whether it looks at sources. */
  boolean transfers() {
    return transfer != Transfer.NONE;
  }

  /** The same surrogate without sources. */
  Predictor plain() {
    return new Predictor(surrogate, Transfer.NONE);
  }

  @Override
  public String toString() {
    return "%s with transfer %s".formatted(surrogate.text(), Arm.text(transfer));
  }
}
