package org.xfernas.jobs.search;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.xfernas.search.run.SearchListener;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

/** Shows how far a search is: a bar on a terminal, plain lines elsewhere, at most one a second. */
final class ProgressDisplay implements SearchListener, AutoCloseable {
  private static final Duration BETWEEN_LINES = Duration.ofSeconds(1);
  private static final Path STANDARD_ERROR = Path.of("/proc/self/fd/2");

  private final Objective objective;
  private final SearchSettings.Budget budget;
  private final PrintStream err;
  private final Clock clock;
  private final Optional<ProgressBar> bar;
  private final Instant start;
  private final List<Proposal> proposals = new ArrayList<>();
  private final List<Trial> trials = new ArrayList<>();
  private double usedAtStart;
  private Instant nextLine = Instant.MIN;
  private int shownTrials;

  ProgressDisplay(Objective objective, SearchSettings.Budget budget, PrintStream err, Clock clock) {
    this.objective = objective;
    this.budget = budget;
    this.err = err;
    this.clock = clock;
    this.start = clock.instant();
    this.bar = isTerminal(err) ? Optional.of(bar(budget, err)) : Optional.empty();
  }

  private static boolean isTerminal(PrintStream stream) {
    try {
      return stream == System.err
          && Files.readSymbolicLink(STANDARD_ERROR).toString().matches("/dev/(pts/|tty).*");
    } catch (IOException | UnsupportedOperationException e) {
      return false;
    }
  }

  private static ProgressBar bar(SearchSettings.Budget budget, PrintStream err) {
    return new ProgressBarBuilder()
        .setTaskName("search")
        .setInitialMax(budget.evaluations().orElse(-1))
        .setStyle(ProgressBarStyle.ASCII)
        .setConsumer(new ConsoleProgressBarConsumer(err))
        .hideEta()
        .build();
  }

  @Override
  public void onResume(List<Trial> finished, List<Proposal> pending) {
    finished.forEach(trial -> proposals.add(trial.proposal()));
    proposals.addAll(pending);
    trials.addAll(finished);
    bar.ifPresent(shown -> shown.stepTo(trials.size()));
    usedAtStart = budget.used(progress());
    err.println(
        "going on: %d candidates are done, %d are evaluated again"
            .formatted(finished.size(), pending.size()));
  }

  @Override
  public void onPropose(List<Proposal> proposed) {
    proposals.addAll(proposed);
  }

  @Override
  public void onRecord(List<Trial> recorded) {
    trials.addAll(recorded);
    SearchProgress progress = progress();
    bar.ifPresent(
        shown -> {
          shown.stepTo(trials.size());
          shown.setExtraMessage(bestAndTimeLeft(progress));
        });
    Instant now = clock.instant();
    if (bar.isEmpty() && !now.isBefore(nextLine)) {
      nextLine = now.plus(BETWEEN_LINES);
      printLine(progress);
    }
  }

  private SearchProgress progress() {
    return new SearchProgress(objective, proposals, trials);
  }

  private void printLine(SearchProgress progress) {
    shownTrials = trials.size();
    String done =
        budget
            .evaluations()
            .map(all -> "%d of %d".formatted(trials.size(), all))
            .orElse("%d".formatted(trials.size()));
    err.println("%s candidates, %s".formatted(done, bestAndTimeLeft(progress)));
  }

  private String bestAndTimeLeft(SearchProgress progress) {
    Duration elapsed = Duration.between(start, clock.instant());
    double used = budget.used(progress);
    String left =
        TimeLeft.of(elapsed, used - usedAtStart, 1 - used).map(TimeLeft::text).orElse("unknown");
    return "best %s, time left %s".formatted(bestText(progress), left);
  }

  private static String bestText(SearchProgress progress) {
    return progress
        .best()
        .map(
            trial ->
                String.format(
                    Locale.ROOT, "%.2f", trial.result().scores().validation().orElseThrow()))
        .orElse("none yet");
  }

  /** Ends the bar, or shows the last state. */
  @Override
  public void close() {
    bar.ifPresent(ProgressBar::close);
    if (bar.isEmpty() && shownTrials != trials.size()) {
      printLine(progress());
    }
  }
}
