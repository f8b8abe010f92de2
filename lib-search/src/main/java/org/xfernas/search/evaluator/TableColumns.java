package org.xfernas.search.evaluator;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which columns of a table a search uses.
 *
 * @param architecture text of the architecture
 * @param metric guides the search
 * @param testMetric is reported, and never shown to an optimizer
 * @param cost simulated seconds of an evaluation; empty: an evaluation takes no time
 */
public record TableColumns(
    String architecture, String metric, Optional<String> testMetric, Optional<String> cost) {

  /** Names of the columns with numbers, each once. */
  public List<String> numeric() {
    return Stream.of(Stream.of(metric), testMetric.stream(), cost.stream())
        .flatMap(names -> names)
        .distinct()
        .toList();
  }
}
