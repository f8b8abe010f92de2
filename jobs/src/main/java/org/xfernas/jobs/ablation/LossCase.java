package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfernas.search.surrogate.nao.NaoLoss;

/**
 * What the network minimises in a cell. What is null is as {@code xfernas.search.optimizer.network}
 * has it.
 *
 * @param valueWeight of the values' error
 * @param weightDecay L2 of the weights
 * @param residualDecay L2 of the residual predictors
 */
record LossCase(Double valueWeight, Double weightDecay, Double residualDecay)
    implements Serializable {
  /** As the configuration has it. */
  static final LossCase CONFIGURED = new LossCase(null, null, null);

  /** The loss, the rest of which is the configuration's. */
  NaoLoss over(NaoLoss configured) {
    return new NaoLoss(
        Objects.requireNonNullElse(valueWeight, configured.valueWeight()),
        Objects.requireNonNullElse(weightDecay, configured.weightDecay()),
        Objects.requireNonNullElse(residualDecay, configured.residualDecay()));
  }

  /** What is set; empty where nothing is. */
  String text() {
    return Stream.of(
            part("value-weight", valueWeight),
            part("weight-decay", weightDecay),
            part("residual-decay", residualDecay))
        .flatMap(part -> part)
        .collect(Collectors.joining(", "));
  }

  private static Stream<String> part(String name, Double value) {
    return Stream.ofNullable(value).map(each -> name + "=" + each);
  }
}
