package org.xfernas.search.run;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TransferShares;
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
 * @param transfer how it learns from sources: {@code none}, {@code network}, {@code process} or, of
 *     the baselines that replay, {@code replay}
 * @param seed of the search
 * @param sourceSnapshot snapshot of the tables that the sources were read at
 * @param sourceTasks in the order of their names, with what they were worth at the last proposal
 * @param evaluations finished trials, failed ones included
 * @param failed failed trials
 * @param best empty where no trial completed
 * @param trajectory one entry per evaluation, in the order of proposal numbers
 * @param gpuDays sum over all evaluations
 * @param wallSeconds see {@link SearchProgress#wallSeconds}
 * @param optimizerSeconds what the optimizer took for all proposals
 * @param handOver the evaluation from which on the target's own evidence outweighs the sources in
 *     every proposal that a model made with results of the target; empty without sources, or where
 *     they lead at the last of these
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
    double optimizerSeconds,
    OptionalInt handOver) {

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
   * @param transfer how it learns from sources
   */
  public record Labels(
      String runId, String searchId, String task, String optimizer, String transfer) {}

  /**
   * A task whose results were used.
   *
   * @param task its name
   * @param evaluations {@link SourceUse#evaluations}
   * @param kept share of its results that fit the space
   * @param similarity to the target; empty where no model was fitted with it
   * @param similarityStandardDeviation its standard error; empty likewise
   * @param weight in the proposals; empty likewise
   */
  public record SourceTask(
      String task,
      int evaluations,
      double kept,
      OptionalDouble similarity,
      OptionalDouble similarityStandardDeviation,
      OptionalDouble weight) {}

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

  /**
   * Of a search, finished or not.
   *
   * @param labels what names it
   * @param snapshot that its sources were read at
   * @param sources in the order of their names
   */
  public static SearchSummary of(
      Labels labels,
      SearchPlan plan,
      SearchProgress progress,
      OptionalLong snapshot,
      List<SourceUse> sources) {
    List<Trial> trials = progress.trials();
    return new SearchSummary(
        "search",
        labels.runId(),
        labels.searchId(),
        labels.task(),
        labels.optimizer(),
        labels.transfer(),
        plan.seed().value(),
        snapshot,
        sourceTasks(sources, progress.proposals()),
        trials.size(),
        progress.failed(),
        progress.best().map(SearchSummary::best),
        trajectory(progress),
        progress.gpuSeconds() / SECONDS_PER_DAY,
        progress.wallSeconds(),
        progress.proposals().stream().mapToDouble(proposal -> proposal.optimizerSeconds()).sum(),
        handOver(progress.proposals()));
  }

  /**
   * The same with the choice at the end: its trials count, and the best is the best of them, unless
   * none succeeded. The trajectory stays that of the search.
   *
   * @param choice the best candidates, evaluated once more at full fidelity
   */
  public SearchSummary withChoice(SearchProgress choice) {
    return new SearchSummary(
        job,
        runId,
        searchId,
        task,
        optimizer,
        transfer,
        seed,
        sourceSnapshot,
        sourceTasks,
        evaluations + choice.trials().size(),
        failed + choice.failed(),
        choice.best().map(SearchSummary::best).or(() -> best),
        trajectory,
        gpuDays + choice.gpuSeconds() / SECONDS_PER_DAY,
        wallSeconds + choice.wallSeconds(),
        optimizerSeconds,
        handOver);
  }

  private static List<SourceTask> sourceTasks(List<SourceUse> uses, List<Proposal> proposals) {
    Map<String, TransferShares.Source> last = new HashMap<>();
    for (Proposal proposal : proposals) {
      proposal
          .explanation()
          .transfer()
          .ifPresent(shares -> shares.sources().forEach(source -> last.put(source.task(), source)));
    }
    return uses.stream()
        .map(
            use -> {
              Optional<TransferShares.Source> source = Optional.ofNullable(last.get(use.task()));
              return new SourceTask(
                  use.task(),
                  use.evaluations(),
                  use.kept(),
                  optional(source.map(TransferShares.Source::similarity)),
                  optional(source.map(TransferShares.Source::uncertainty)),
                  optional(source.map(TransferShares.Source::weight)));
            })
        .toList();
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static OptionalInt handOver(List<Proposal> proposals) {
    OptionalInt from = OptionalInt.empty();
    for (Proposal proposal : proposals) {
      Optional<TransferShares> shares = proposal.explanation().transfer();
      if (shares.isPresent()) {
        // Before its first result the target has no evidence, whatever is thought of the sources.
        boolean own =
            !proposal.basis().observed().isEmpty()
                && shares.get().residual() > shares.get().universal();
        if (!own) {
          from = OptionalInt.empty();
        } else if (from.isEmpty()) {
          from = OptionalInt.of(proposal.number());
        }
      }
    }
    return from;
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
