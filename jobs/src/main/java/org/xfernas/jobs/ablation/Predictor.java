package org.xfernas.jobs.ablation;

import java.io.Serializable;
import org.xfernas.search.optimizer.SurrogateType;
import org.xfernas.search.optimizer.Transfer;

/**
 * A surrogate with one way to learn from sources: what a sweep over predictions compares.
 *
 * @param surrogate the surrogate
 * @param transfer as the grid has it
 * @param loss what it minimises, where it is the network
 */
record Predictor(SurrogateType surrogate, Transfer transfer, LossCase loss)
    implements Serializable {

  /** The loss that is configured. */
  Predictor(SurrogateType surrogate, Transfer transfer) {
    this(surrogate, transfer, LossCase.CONFIGURED);
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
    return new Predictor(surrogate, Transfer.NONE, loss);
  }

  /** The name in the tables: that of the surrogate, and what is set of its loss. */
  String name() {
    String set = loss.text();
    return set.isEmpty() ? surrogate.text() : "%s (%s)".formatted(surrogate.text(), set);
  }

  @Override
  public String toString() {
    return "%s with transfer %s".formatted(name(), Arm.text(transfer));
  }
}
