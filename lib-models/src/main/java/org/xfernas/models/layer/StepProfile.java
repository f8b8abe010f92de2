package org.xfernas.models.layer;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Time that the steps of a graph's plans take, by label. */
public final class StepProfile {
  private final boolean measures;
  private final Map<String, Long> nanoseconds = new TreeMap<>();

  private StepProfile(boolean measures) {
    this.measures = measures;
  }

  /** Runs steps without looking at the clock. */
  static StepProfile off() {
    return new StepProfile(false);
  }

  /** A profile that measures, without any time yet. */
  public static StepProfile measuring() {
    return new StepProfile(true);
  }

  void run(List<PlanStep> steps) {
    if (!measures) {
      for (PlanStep step : steps) {
        step.run();
      }
      return;
    }
    for (PlanStep step : steps) {
      long start = System.nanoTime();
      step.run();
      nanoseconds.merge(step.label(), System.nanoTime() - start, Long::sum);
    }
  }

  /** Nanoseconds by label. */
  public Map<String, Long> nanoseconds() {
    return Map.copyOf(nanoseconds);
  }
}
