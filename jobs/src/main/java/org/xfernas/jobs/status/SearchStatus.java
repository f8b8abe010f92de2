package org.xfernas.jobs.status;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.xfernas.jobs.search.EvaluatorSettings;
import org.xfernas.jobs.search.SearchConfiguration;
import org.xfernas.jobs.search.SearchSettings;
import org.xfernas.jobs.search.TimeLeft;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult.Scores;

/**
 * How far a search is.
 *
 * @param searchId its name
 * @param task what it searches on
 * @param optimizer who proposes
 * @param state {@code running}, {@code finished}, {@code stopped}, {@code failed}, or {@code
 *     interrupted} where its driver was killed
 * @param waiting candidates that are to come by its budget, or wait for a driver
 * @param running candidates that are being evaluated
 * @param finished candidates with a result, without the failed ones
 * @param failed candidates that failed
 * @param bestArchitecture the best so far
 * @param bestValidationAccuracy its value of the guiding metric
 * @param secondsLeft until the budget is used; empty where that cannot be foreseen
 * @param updated the last sign of life of its driver
 */
record SearchStatus(
    String searchId,
    String task,
    String optimizer,
    String state,
    int waiting,
    int running,
    int finished,
    int failed,
    Optional<String> bestArchitecture,
    OptionalDouble bestValidationAccuracy,
    OptionalLong secondsLeft,
    String updated) {

  /** Reads the status of a search. */
  static SearchStatus of(Warehouse warehouse, SearchesTable.Row row, Clock clock) {
    boolean driven = SearchLease.hasDriver(row, clock);
    SearchSettings settings = SearchConfiguration.parse(row.configuration()).settings();
    RecordedSearch recorded =
        RecordedSearch.read(warehouse, row.searchId(), settings.space().space());
    SearchProgress progress =
        new SearchProgress(
            settings.evaluator().objective(), recorded.proposals(), recorded.trials());
    List<Trial> trials = progress.trials();
    int failed = progress.failed();
    int pending = progress.proposals().size() - trials.size();
    boolean open = row.state() != SearchesTable.State.FINISHED;
    int toCome =
        open
            ? settings
                .budget()
                .evaluations()
                .map(all -> all - progress.proposals().size())
                .orElse(0)
            : 0;
    Optional<Trial> best = progress.best();
    return new SearchStatus(
        row.searchId(),
        settings.task(),
        settings.optimizer().type(),
        state(row, clock),
        driven ? toCome : toCome + pending,
        driven ? pending : 0,
        trials.size() - failed,
        failed,
        best.map(trial -> trial.proposal().architecture().text()),
        best.map(Trial::result)
            .map(result -> result.scores().validation())
            .orElse(Scores.NONE.validation()),
        open ? secondsLeft(settings, progress) : OptionalLong.empty(),
        row.updated().toString());
  }

  static String state(SearchesTable.Row row, Clock clock) {
    boolean killed =
        row.state() == SearchesTable.State.RUNNING && !SearchLease.hasDriver(row, clock);
    return killed ? "interrupted" : row.state().name().toLowerCase(Locale.ROOT);
  }

  /** Looking up takes virtual time, of which nobody has to wait. */
  private static OptionalLong secondsLeft(SearchSettings settings, SearchProgress progress) {
    double used = settings.budget().used(progress);
    if (settings.evaluator() instanceof EvaluatorSettings.Table || used == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(Math.round(progress.wallSeconds() * (1 - used) / used));
  }

  /** One line for a person. */
  String line() {
    String best =
        bestValidationAccuracy.isPresent()
            ? String.format(Locale.ROOT, "%.2f", bestValidationAccuracy.getAsDouble())
            : "none yet";
    String left =
        secondsLeft.isPresent()
            ? ", time left " + TimeLeft.text(Duration.ofSeconds(secondsLeft.getAsLong()))
            : "";
    return "%s: %s, %d waiting, %d running, %d finished, %d failed, best %s%s"
        .formatted(searchId, state, waiting, running, finished, failed, best, left);
  }
}
