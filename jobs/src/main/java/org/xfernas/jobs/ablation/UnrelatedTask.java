package org.xfernas.jobs.ablation;

import java.util.List;
import org.xfernas.search.Seed;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;

/**
 * A task of its own structure, drawn at random: an architecture is worth the sum of what each of
 * its decisions is worth, and each pair of decisions that follow one another. Unlike shuffled
 * values, which look like noise, it can be learnt, and leads to other architectures.
 *
 * @param space of the architectures
 * @param seed of the task
 */
record UnrelatedTask(SearchSpace space, Seed seed) {

  /** What each architecture is worth; one without tokens nothing, which is the average. */
  double[] values(List<Architecture> architectures) {
    return architectures.stream().mapToDouble(this::value).toArray();
  }

  private double value(Architecture architecture) {
    if (!space.encodes(architecture)) {
      return 0;
    }
    int[] tokens = space.encode(architecture);
    double value = 0;
    for (int at = 0; at < tokens.length; at++) {
      value += worth(at, tokens[at]);
      if (at > 0) {
        value += worth(at, tokens[at - 1], tokens[at]);
      }
    }
    return value;
  }

  private double worth(Object... decisions) {
    return seed.child(decisions).generator().nextGaussian();
  }
}
