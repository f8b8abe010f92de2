package org.xfernas.search.optimizer;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * The order in which a replay evaluates what the sources evaluated: by mean rank.
 *
 * <p>A rank is the share of the source's successes that are better, equal ones counting half, so
 * that sources of different sizes can be compared. The mean goes over the sources that evaluated
 * the architecture, as sources need not have drawn the same ones. Failed trials are left out.
 */
final class MeanRank {
  private MeanRank() {}

  /** The sources' architectures, the best first; of those that are the same, the first one. */
  static List<Architecture> order(SourceKnowledge knowledge, Deduplication deduplication) {
    Map<Object, Ranks> ranks = new LinkedHashMap<>();
    for (SourceTask source : knowledge.tasks()) {
      List<Observation> successes =
          source.history().observations().stream()
              .filter(observation -> observation.score().isPresent())
              .sorted(Comparator.comparing(observation -> -observation.score().getAsDouble()))
              .toList();
      for (int first = 0, next; first < successes.size(); first = next) {
        next = first + 1;
        while (next < successes.size()
            && successes.get(next).score().equals(successes.get(first).score())) {
          next++;
        }
        double rank = (first + next) / (2.0 * successes.size());
        for (Observation equal : successes.subList(first, next)) {
          ranks
              .computeIfAbsent(deduplication.key(equal), key -> new Ranks(equal.architecture()))
              .all
              .add(rank);
        }
      }
    }
    return ranks.values().stream()
        .sorted(Comparator.comparing(Ranks::mean))
        .map(Ranks::architecture)
        .toList();
  }

  private record Ranks(Architecture architecture, List<Double> all) {
    Ranks(Architecture architecture) {
      this(architecture, new ArrayList<>());
    }

    double mean() {
      return all.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
    }
  }
}
