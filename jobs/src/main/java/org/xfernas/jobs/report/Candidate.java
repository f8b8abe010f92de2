package org.xfernas.jobs.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Execution;

/**
 * A candidate as a report shows it. Values of the guiding metric are on its own scale; times are
 * seconds since the first launch.
 *
 * @param number of the proposal
 * @param status completed, failed, or open: without a result so far
 * @param accuracy guiding metric
 * @param best guiding metric of the best so far
 * @param gpu seconds of all evaluations so far, this one included
 * @param predicted what was expected of it; empty before the first result, when nothing tells a
 *     model of the sources the target's scale
 * @param deviation standard deviation of what was expected
 * @param universal share of the sources in the model that proposed it
 * @param residual share of the target's own trials
 * @param sources what each source was worth at that time
 * @param launched when it was launched
 * @param started when its evaluation began
 * @param finished when its result was known
 * @param curve its epochs
 * @param details what only its card has
 */
record Candidate(
    int number,
    String status,
    OptionalDouble accuracy,
    OptionalDouble best,
    OptionalDouble gpu,
    OptionalDouble predicted,
    OptionalDouble deviation,
    OptionalDouble universal,
    OptionalDouble residual,
    List<Source> sources,
    OptionalDouble launched,
    OptionalDouble started,
    OptionalDouble finished,
    List<Epoch> curve,
    @JsonIgnore Details details) {

  /**
   * The rest.
   *
   * @param proposal as it was made
   * @param result empty while there is none
   * @param shadow what would have been proposed without sources
   * @param unscaled what was expected of it before there was a result, and with that a scale
   */
  record Details(
      Proposal proposal,
      Optional<TrialResult> result,
      Optional<Shadow> shadow,
      Optional<Prediction> unscaled) {}

  /**
   * What an optimizer would have proposed without its sources.
   *
   * @param architecture it
   * @param accuracy what it reached, where the search evaluated it too
   */
  record Shadow(Architecture architecture, OptionalDouble accuracy) {}

  /** All candidates of a search, in the order of their numbers. */
  static List<Candidate> of(SearchProgress progress) {
    Map<Integer, Trial> trials = new TreeMap<>();
    Map<String, OptionalDouble> accuracies = new HashMap<>();
    for (Trial trial : progress.trials()) {
      trials.put(trial.proposal().number(), trial);
      accuracies.putIfAbsent(
          trial.proposal().architecture().text(), trial.result().scores().validation());
    }
    Optional<Instant> start =
        progress.trials().stream().map(Candidate::launched).min(Instant::compareTo);
    List<Optional<Trial>> incumbents = progress.incumbents();
    List<Candidate> candidates = new ArrayList<>();
    double gpu = 0;
    int evaluations = 0;
    for (Proposal proposal : progress.proposals()) {
      Optional<Trial> trial = Optional.ofNullable(trials.get(proposal.number()));
      OptionalDouble best = OptionalDouble.empty();
      if (trial.isPresent()) {
        gpu += trial.get().result().execution().secondsTraining();
        best = accuracy(incumbents.get(evaluations).map(Trial::result));
        evaluations++;
      }
      candidates.add(
          of(
              proposal,
              trial,
              best,
              trial.isPresent() ? OptionalDouble.of(gpu) : OptionalDouble.empty(),
              start,
              progress.objective(),
              proposal.basis().observed().stream()
                  .anyMatch(
                      observed ->
                          trials.containsKey(observed)
                              && trials.get(observed).result().completed()),
              accuracies));
    }
    return candidates;
  }

  private static Candidate of(
      Proposal proposal,
      Optional<Trial> trial,
      OptionalDouble best,
      OptionalDouble gpu,
      Optional<Instant> start,
      Objective objective,
      boolean scaled,
      Map<String, OptionalDouble> accuracies) {
    Optional<TrialResult> result = trial.map(Trial::result);
    Optional<Execution> execution = result.map(TrialResult::execution);
    Explanation explanation = proposal.explanation();
    Optional<Prediction> prediction = explanation.prediction().filter(expected -> scaled);
    Optional<TransferShares> shares = explanation.transfer();
    return new Candidate(
        proposal.number(),
        result.map(is -> is.completed() ? "completed" : "failed").orElse("open"),
        accuracy(result),
        best,
        gpu,
        // A score and its value are each other's image.
        optional(prediction.map(expected -> objective.score(expected.mean()))),
        optional(prediction.map(Prediction::standardDeviation)),
        optional(shares.map(TransferShares::universal)),
        optional(shares.map(TransferShares::residual)),
        shares.map(TransferShares::sources).orElse(List.of()),
        seconds(start, trial.map(Candidate::launched)),
        seconds(start, execution.map(Execution::started)),
        seconds(start, execution.map(Execution::finished)),
        result.map(TrialResult::curve).orElse(List.of()),
        new Details(
            proposal,
            result,
            explanation.shadow().map(shadow -> shadow(shadow, accuracies)),
            explanation.prediction().filter(expected -> !scaled)));
  }

  private static Shadow shadow(Architecture shadow, Map<String, OptionalDouble> accuracies) {
    return new Shadow(shadow, accuracies.getOrDefault(shadow.text(), OptionalDouble.empty()));
  }

  /** What would have been proposed without sources, where that is something else. */
  Optional<Architecture> otherCell() {
    return details
        .shadow()
        .map(Shadow::architecture)
        .filter(shadow -> !shadow.text().equals(details.proposal().architecture().text()));
  }

  /** What went wrong; nothing where nothing did. */
  String failure() {
    return details
        .result()
        .flatMap(TrialResult::failure)
        .map(failure -> "%s: %s".formatted(kind(failure), failure.reason()))
        .orElse("");
  }

  private static String kind(Failure failure) {
    return failure.kind().name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  /** The sources that had a weight in its proposal, as a person reads them. */
  String raisedBy() {
    return String.join(
        ", ",
        sources.stream()
            .filter(source -> source.weight() > 0)
            .map(source -> "%s %s".formatted(source.task(), Words.number(source.weight())))
            .toList());
  }

  /** What was expected, with its standard deviation. */
  String expected() {
    return predicted.isPresent()
        ? "%s ± %s".formatted(Words.number(predicted), Words.number(deviation))
        : "";
  }

  /** The same before there was a result; nothing where there was one. */
  String expectedUnscaled() {
    return details
        .unscaled()
        .map(
            it ->
                "%s ± %s".formatted(Words.number(it.mean()), Words.number(it.standardDeviation())))
        .orElse("");
  }

  private static Instant launched(Trial trial) {
    Execution execution = trial.result().execution();
    return execution.started().minusNanos((long) (execution.secondsWaiting() * 1e9));
  }

  private static OptionalDouble seconds(Optional<Instant> from, Optional<Instant> to) {
    return optional(from.flatMap(start -> to.map(end -> seconds(Duration.between(start, end)))));
  }

  /** A simulated cost may be more nanoseconds than a long holds. */
  private static double seconds(Duration duration) {
    return duration.getSeconds() + duration.getNano() * 1e-9;
  }

  private static OptionalDouble accuracy(Optional<TrialResult> result) {
    return result.map(is -> is.scores().validation()).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }
}
