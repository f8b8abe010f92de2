package org.xfernas.search.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.xfernas.search.trial.Trial;

/**
 * The summary of a search: the fields of its summary.json, in their order. Accuracies are as the
 * guiding metric gives them: per cent of a trained candidate, any scale of a table.
 *
 * @param job {@code search}
 * @param runId of this run of the search
 * @param searchId of the search, the same after a resume
 * @param task name of the target task
 * @param optimizer name of the optimizer
 * @param transfer {@code none}, {@code network} or {@code process}
 * @param seed of the search
 * @param sourceSnapshot snapshot of the tables that the sources were read at
 * @param sourceTasks in the order of their names
 * @param evaluations finished trials, failed ones included
 * @param failed failed trials
 * @param best empty where no trial completed
 * @param trajectory one entry per evaluation, in the order of proposal numbers
 * @param gpuDays sum over all evaluations
 * @param wallSeconds see {@link SearchProgress#wallSeconds}
 * @param optimizerSeconds what the optimizer took for all proposals
 */
public record SearchSummary(
    String job,
    String runId,
    String searchId,
    String task,
    String optimizer,
    String transfer,
    long seed,
    OptionalLong sourceSnapshot,
    List<SourceTask> sourceTasks,
    int evaluations,
    int failed,
    Optional<Best> best,
    List<Incumbent> trajectory,
    double gpuDays,
    double wallSeconds,
    double optimizerSeconds) {

  private static final double SECONDS_PER_DAY = 86_400;

  public SearchSummary {
    sourceTasks = List.copyOf(sourceTasks);
    trajectory = List.copyOf(trajectory);
  }

  /**
   * What names a search.
   *
   * @param runId of this run
   * @param searchId of the search
   * @param task name of the target task
   * @param optimizer name of the optimizer
   */
  public record Labels(String runId, String searchId, String task, String optimizer) {}

  /**
   * A task whose results were used.
   *
   * @param task its name
   * @param evaluations results used
   * @param similarity to the target
   * @param weight in the proposals
   */
  public record SourceTask(String task, int evaluations, double similarity, double weight) {}

  /**
   * The best architecture found.
   *
   * @param architecture its text
   * @param validationAccuracy by which it is the best
   * @param testAccuracy empty where none is known
   */
  public record Best(String architecture, double validationAccuracy, OptionalDouble testAccuracy) {}

  /**
   * The best after an evaluation.
   *
   * @param evaluation from 1
   * @param architecture text of the best so far; this and the rest empty before the first success
   * @param validationAccuracy of the best so far
   * @param testAccuracy of the best so far; empty where none is known
   */
  public record Incumbent(
      int evaluation,
      Optional<String> architecture,
      OptionalDouble validationAccuracy,
      OptionalDouble testAccuracy) {}

  /** Of a search without transfer, finished or not. */
  public static SearchSummary of(Labels labels, SearchPlan plan, SearchJournal journal) {
    SearchProgress progress = SearchProgress.of(plan.objective(), journal);
    List<Trial> trials = progress.trials();
    return new SearchSummary(
        "search",
        labels.runId(),
        labels.searchId(),
        labels.task(),
        labels.optimizer(),
        "none",
        plan.seed().value(),
        OptionalLong.empty(),
        List.of(),
        trials.size(),
        (int) trials.stream().filter(trial -> !trial.result().completed()).count(),
        progress.best().map(SearchSummary::best),
        trajectory(progress),
        progress.gpuSeconds() / SECONDS_PER_DAY,
        progress.wallSeconds(),
        progress.proposals().stream().mapToDouble(proposal -> proposal.optimizerSeconds()).sum());
  }

  private static Best best(Trial trial) {
    return new Best(
        trial.proposal().architecture().text(),
        trial.result().scores().validation().orElseThrow(),
        trial.result().scores().test());
  }

  private static List<Incumbent> trajectory(SearchProgress progress) {
    List<Incumbent> trajectory = new ArrayList<>();
    for (Optional<Trial> incumbent : progress.incumbents()) {
      Optional<Best> best = incumbent.map(SearchSummary::best);
      trajectory.add(
          new Incumbent(
              trajectory.size() + 1,
              best.map(Best::architecture),
              best.map(found -> OptionalDouble.of(found.validationAccuracy()))
                  .orElse(OptionalDouble.empty()),
              best.map(Best::testAccuracy).orElse(OptionalDouble.empty())));
    }
    return trajectory;
  }
}
