package org.xfernas.search.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OptimizerSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "random, NONE",
    "evolution, PROCESS",
    "local-search, PROCESS",
    "bayesian, PROCESS",
    "nao, NETWORK",
    "reinforce, NETWORK",
    "replay, REPLAY",
    "replay-evolution, REPLAY",
    "rgpe, PROCESS"
  })
  void everyOptimizerHasItsOwnWayToLearnFromSources(String name, Transfer expected) {
    OptimizerType type = OptimizerType.named(name).orElseThrow();

    assertThat(type.text()).isEqualTo(name);
    assertThat(new OptimizerSettings(type, Transfer.DEFAULT, 10, 3).transfer()).isEqualTo(expected);
    assertThat(new OptimizerSettings(type, Transfer.NONE, 10, 3).transfer())
        .isEqualTo(Transfer.NONE);
  }

  @ParameterizedTest
  @CsvSource({"process, PROCESS", "network, NETWORK", "rgpe, PROCESS", "mlp-ensemble, NONE"})
  void bayesianOptimizationLearnsAsItsSurrogateDoes(String name, Transfer expected) {
    SurrogateType surrogate = SurrogateType.named(name).orElseThrow();

    assertThat(surrogate.text()).isEqualTo(name);
    assertThat(
            new OptimizerSettings(OptimizerType.BAYESIAN, surrogate, Transfer.DEFAULT, 10, 3)
                .transfer())
        .isEqualTo(expected);
    assertThat(
            new OptimizerSettings(OptimizerType.NAO, surrogate, Transfer.DEFAULT, 10, 3).transfer())
        .as("NAO has its own")
        .isEqualTo(Transfer.NETWORK);
  }

  @Test
  void otherNamesAndCapitalsAreUnderstood() {
    assertThat(OptimizerType.named("Regularized-Evolution")).contains(OptimizerType.EVOLUTION);
    assertThat(OptimizerType.named("random-search")).contains(OptimizerType.RANDOM);
    assertThat(OptimizerType.named("hyperband")).isEmpty();
  }

  @Test
  void aWayThatTheOptimizerDoesNotHaveIsRefused() {
    assertThatThrownBy(
            () -> new OptimizerSettings(OptimizerType.REINFORCE, Transfer.PROCESS, 10, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Cannot learn from sources in this way; set transfer to one of none, network"
                + " (optimizer=reinforce, transfer=process)");
  }
}
