package org.xfernas.jobs.search;

import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.xfernas.search.run.SearchListener;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

/**
 * Logs each stage of a search and tells another listener. The logging context has the search, the
 * trial and the stage, under names like those that Spark gives an executor's.
 */
final class SearchLog implements SearchListener {
  private static final Logger LOG = LoggerFactory.getLogger(SearchLog.class);

  private static final String SEARCH = "mdc.search_id";
  private static final String TRIAL = "mdc.trial";
  private static final String STAGE = "mdc.stage";

  private final String searchId;
  private final SearchListener next;

  SearchLog(String searchId, SearchListener next) {
    this.searchId = searchId;
    this.next = next;
  }

  @Override
  public void onResume(List<Trial> finished, List<Proposal> pending) {
    log("resume", "", "%d finished, %d pending".formatted(finished.size(), pending.size()));
    next.onResume(finished, pending);
  }

  @Override
  public void onPropose(List<Proposal> proposals) {
    proposals.forEach(
        proposal ->
            log(
                "propose",
                proposal.number(),
                "%s: %s"
                    .formatted(proposal.explanation().reason(), proposal.architecture().text())));
    next.onPropose(proposals);
  }

  @Override
  public void onEvaluate(List<Proposal> proposals) {
    proposals.forEach(proposal -> log("evaluate", proposal.number(), "launched"));
    next.onEvaluate(proposals);
  }

  @Override
  public void onRecord(List<Trial> trials) {
    trials.forEach(trial -> log("record", trial.proposal().number(), outcome(trial)));
    next.onRecord(trials);
  }

  @Override
  public void onRefit(TrialHistory history) {
    log("refit", "", "%d results".formatted(history.size()));
    next.onRefit(history);
  }

  private static String outcome(Trial trial) {
    return trial
        .result()
        .failure()
        .map(SearchLog::text)
        .orElseGet(() -> "completed: " + trial.result().scores().validation().getAsDouble());
  }

  private static String text(Failure failure) {
    return "failed: %s, %s"
        .formatted(failure.kind().name().toLowerCase(Locale.ROOT), failure.reason());
  }

  private void log(String stage, Object trial, String message) {
    MDC.put(SEARCH, searchId);
    MDC.put(STAGE, stage);
    MDC.put(TRIAL, trial.toString());
    try {
      LOG.info(message);
    } finally {
      List.of(SEARCH, TRIAL, STAGE).forEach(MDC::remove);
    }
  }
}
