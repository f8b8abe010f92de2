package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.NormalScores;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * What is learnt from one task: the normal scores of the architectures that succeeded there, the
 * mean counting where one was tried more than once. Failed trials are left out.
 *
 * @param task its name
 * @param architectures all different
 * @param scores of each
 * @param noises of each, in units of the median one: {@link NormalScores#noises}
 */
record SourceScores(
    String task, List<Architecture> architectures, double[] scores, double[] noises) {
  private static final int LEAST_POINTS = 10;

  /**
   * What is learnt from many tasks: of the {@link LearntSources#MOST_TASKS} that are expected to be
   * most similar to the target, and among equals have the most results, together {@link
   * LearntSources#MOST_POINTS} results, chosen by value and coverage. A task that ranks nothing is
   * left out.
   */
  static List<SourceScores> chosen(List<SourceTask> tasks) {
    return subsampled(ranking(tasks).limit(LearntSources.MOST_TASKS).toList());
  }

  /** All tasks that rank anything, those that are to be learnt from first. */
  static Stream<SourceScores> ranking(List<SourceTask> tasks) {
    return bestFirst(tasks).map(SourceScores::of).filter(SourceScores::ranks);
  }

  /** Of the chosen ones, {@link LearntSources#MOST_POINTS} results. */
  static List<SourceScores> subsampled(List<SourceScores> chosen) {
    int limit = Math.max(LEAST_POINTS, LearntSources.MOST_POINTS / Math.max(1, chosen.size()));
    return chosen.stream().map(scores -> scores.subsample(limit)).toList();
  }

  /** The tasks that are expected to be most similar, and among equals the larger ones, first. */
  static Stream<SourceTask> bestFirst(List<SourceTask> tasks) {
    return tasks.stream()
        .sorted(
            Comparator.comparingDouble((SourceTask task) -> -task.expectedSimilarity().orElse(0))
                .thenComparingInt(task -> -task.history().size()));
  }

  /** The scores of a task. */
  static SourceScores of(SourceTask task) {
    Map<Architecture, List<Double>> values = new LinkedHashMap<>();
    for (Observation observation : task.history().observations()) {
      double score = observation.score().orElse(Double.NaN);
      if (Double.isFinite(score)) {
        values.computeIfAbsent(observation.architecture(), one -> new ArrayList<>()).add(score);
      }
    }
    double[] means =
        values.values().stream()
            .mapToDouble(list -> list.stream().mapToDouble(score -> score).average().orElseThrow())
            .toArray();
    return new SourceScores(
        task.task(),
        List.copyOf(values.keySet()),
        NormalScores.of(means),
        NormalScores.noises(means));
  }

  /** At most {@code limit} of them; each keeps its score and its noise among all. */
  SourceScores subsample(int limit) {
    int[] kept = Subsample.indices(scores, limit);
    return new SourceScores(
        task,
        Arrays.stream(kept).mapToObj(architectures::get).toList(),
        Arrays.stream(kept).mapToDouble(index -> scores[index]).toArray(),
        Arrays.stream(kept).mapToDouble(index -> noises[index]).toArray());
  }

  /** The same architectures with other scores. */
  SourceScores with(double[] others) {
    return new SourceScores(task, architectures, others, noises);
  }

  int size() {
    return scores.length;
  }

  /** Whether it ranks any two architectures. */
  boolean ranks() {
    return Arrays.stream(scores).distinct().limit(2).count() == 2;
  }
}
