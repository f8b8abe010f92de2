package org.xfernas.jobs.source;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xfernas.search.run.SourceUse;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;

/**
 * Collects the source tasks of a search. Leaves out a task from which no order of architectures can
 * be learnt, and has a line for a person about everything that is not as one would expect.
 */
final class SourceTasks {
  private static final int NAMED = 5;
  private static final double LARGEST_SHARE = 1;
  private static final double MIXED_SCALES = 0.1;

  private final SortedMap<String, SourceTask> tasks = new TreeMap<>();
  private final SortedMap<String, SourceUse> uses = new TreeMap<>();
  private final SortedMap<String, List<String>> leftOut = new TreeMap<>();
  private final List<String> remarks = new ArrayList<>();

  /** Adds a task with its expected similarity to the target, or leaves it out. */
  void add(
      String task, Objective objective, FittingResults results, OptionalDouble expectedSimilarity) {
    double[] successes = results.successes();
    if (results.scores().isEmpty()) {
      leaveOut(task, "none of their architectures fits the space");
    } else if (successes.length == 0) {
      leaveOut(task, "none of their trials succeeded");
    } else if (Arrays.stream(successes).distinct().count() == 1) {
      leaveOut(task, "all of their values are equal, so that they rank nothing");
    } else {
      tasks.put(
          task, new SourceTask(task, results.history(results.scores().size()), expectedSimilarity));
      uses.put(task, new SourceUse(task, results.scores().size(), results.kept(), results.hash()));
      remark(task, objective, results, successes);
    }
  }

  /** Says that a task is not learnt from. */
  void leaveOut(String task, String reason) {
    leftOut.computeIfAbsent(reason, key -> new ArrayList<>()).add(task);
  }

  void remark(String line) {
    remarks.add(line);
  }

  private void remark(
      String task, Objective objective, FittingResults results, double[] successes) {
    if (results.kept() < 1) {
      remark(
          String.format(
              Locale.ROOT,
              "source %s: %.1f %% of its results fit the space and are kept",
              task,
              100 * results.kept()));
    }
    if (!objective.minimize() && hasMixedScales(successes)) {
      remark(
          "source %s has values in 0..1 beside values above 1 (metric=%s); if these are shares beside per cent, bring them to one scale"
              .formatted(task, objective.metric()));
    }
  }

  /** Whether a good part of the values is spread below 1 and a good part is above it. */
  private static boolean hasMixedScales(double[] successes) {
    double[] shares =
        Arrays.stream(successes).filter(value -> value >= 0 && value <= LARGEST_SHARE).toArray();
    double different = Arrays.stream(shares).distinct().count();
    return different >= Math.max(2, MIXED_SCALES * successes.length)
        && successes.length - shares.length >= MIXED_SCALES * successes.length
        && Arrays.stream(successes).allMatch(value -> value >= 0);
  }

  /** The tasks, in the order of their names. */
  SourceKnowledge knowledge() {
    return new SourceKnowledge(List.copyOf(tasks.values()));
  }

  /** What was taken of them. */
  List<SourceUse> uses() {
    return List.copyOf(uses.values());
  }

  /** Lines for a person. */
  List<String> notes() {
    List<String> notes = new ArrayList<>(remarks);
    leftOut.forEach(
        (reason, names) ->
            notes.add(
                "%d %s left out, because %s: %s%s"
                    .formatted(
                        names.size(),
                        names.size() == 1 ? "source is" : "sources are",
                        reason,
                        String.join(", ", names.subList(0, Math.min(NAMED, names.size()))),
                        names.size() > NAMED ? " ..." : "")));
    return notes;
  }
}
