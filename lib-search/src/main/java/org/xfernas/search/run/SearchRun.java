package org.xfernas.search.run;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.optimizer.Optimizer;
import org.xfernas.search.optimizer.Optimizer.Suggestion;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

/**
 * One search: <em>propose</em>, <em>evaluate</em>, <em>record</em>, <em>refit</em>, until a stop
 * criterion holds or the optimizer has nothing more to propose.
 *
 * <p>Proposals are in the journal before they are launched, results before anyone acts on them, so
 * that a search may be stopped at any point, by an interrupt or by the end of its process. A search
 * on a journal with rows goes on from them: finished trials are replayed, and proposals without a
 * result are evaluated again, unchanged. In synchronous rounds, and in any mode where the evaluator
 * keeps a virtual clock, the whole trajectory is then that of the undisturbed search. In
 * asynchronous mode on a real clock the order of completion decides: nothing is lost or counted
 * twice, and proposals made before the stop are unchanged.
 */
public final class SearchRun {
  private static final Duration POLL = Duration.ofMinutes(1);

  private final SearchSpace space;
  private final Optimizer optimizer;
  private final Evaluator evaluator;
  private final SearchJournal journal;
  private final SearchPlan plan;
  private final SearchListener listener;
  private final InstantSource stopwatch;

  private final List<Proposal> proposals = new ArrayList<>();
  private final SortedMap<Integer, Trial> trials = new TreeMap<>();
  private final SortedMap<Integer, Proposal> pending = new TreeMap<>();
  private final Map<Architecture, Integer> replicates = new HashMap<>();
  private TrialHistory history = TrialHistory.EMPTY;

  /** A search that times its optimizer by the system's clock. */
  public SearchRun(
      SearchSpace space,
      Optimizer optimizer,
      Evaluator evaluator,
      SearchJournal journal,
      SearchPlan plan,
      SearchListener listener) {
    this(space, optimizer, evaluator, journal, plan, listener, InstantSource.system());
  }

  /**
   * A search.
   *
   * @param space that the optimizer proposes from
   * @param optimizer who proposes
   * @param evaluator who evaluates; stays open
   * @param journal what is done already, and where to write
   * @param plan what to do
   * @param listener is told of every stage
   * @param stopwatch times the optimizer, whatever the evaluator's clock is
   */
  public SearchRun(
      SearchSpace space,
      Optimizer optimizer,
      Evaluator evaluator,
      SearchJournal journal,
      SearchPlan plan,
      SearchListener listener,
      InstantSource stopwatch) {
    this.space = space;
    this.optimizer = optimizer;
    this.evaluator = evaluator;
    this.journal = journal;
    this.plan = plan;
    this.listener = listener;
    this.stopwatch = stopwatch;
  }

  /**
   * Searches to the end. To be called once.
   *
   * @throws InterruptedException where its thread is interrupted; the journal is then as good as
   *     after any other stop
   */
  public SearchOutcome run() throws InterruptedException {
    resume();
    refit();
    evaluate(propose());
    while (!pending.isEmpty()) {
      record();
      refit();
      evaluate(propose());
    }
    return new SearchOutcome(
        List.copyOf(trials.values()),
        plan.stop().stream().filter(stop -> stop.allows(progress()) == 0).findFirst());
  }

  private void resume() {
    journal.proposals().forEach(this::remember);
    for (Trial trial : journal.trials()) {
      trials.put(trial.proposal().number(), trial);
      pending.remove(trial.proposal().number());
    }
    if (!proposals.isEmpty()) {
      List<Trial> finished = List.copyOf(trials.values());
      List<Proposal> unfinished = List.copyOf(pending.values());
      evaluator.resume(finished, unfinished);
      listener.onResume(finished, unfinished);
    }
  }

  private List<Proposal> propose() {
    int wanted = wanted();
    if (wanted == 0) {
      return List.of();
    }
    Instant start = stopwatch.instant();
    List<Suggestion> suggestions =
        optimizer.suggest(history, List.copyOf(pending.values()), wanted);
    double seconds = Duration.between(start, stopwatch.instant()).toNanos() * 1e-9;

    Basis basis = new Basis(List.copyOf(trials.keySet()), List.copyOf(pending.keySet()));
    List<Proposal> added = new ArrayList<>();
    for (Suggestion suggestion : suggestions) {
      Architecture architecture = suggestion.architecture();
      added.add(
          new Proposal(
              proposals.size() + added.size() + 1,
              architecture,
              space.id(architecture),
              trialSeed(architecture),
              basis,
              suggestion.explanation(),
              seconds / suggestions.size()));
    }
    if (!added.isEmpty()) {
      journal.propose(List.copyOf(added));
      added.forEach(this::remember);
      listener.onPropose(List.copyOf(added));
    }
    return added;
  }

  private void evaluate(List<Proposal> added) {
    added.forEach(evaluator::launch);
    if (!added.isEmpty()) {
      listener.onEvaluate(List.copyOf(added));
    }
  }

  /** Waits until new proposals may be made: for the whole round, or for the first result. */
  private void record() throws InterruptedException {
    List<Trial> finished = new ArrayList<>();
    do {
      finished.clear();
      for (Trial trial : evaluator.await(POLL)) {
        // What is not pending has its result: an evaluator that repeats itself counts once.
        if (pending.remove(trial.proposal().number()) != null) {
          finished.add(trial);
        }
      }
      if (!finished.isEmpty()) {
        journal.record(List.copyOf(finished));
        finished.forEach(trial -> trials.put(trial.proposal().number(), trial));
        listener.onRecord(List.copyOf(finished));
      }
    } while (!pending.isEmpty() && (finished.isEmpty() || wanted() == 0));
  }

  private void refit() {
    history = TrialHistory.of(plan.objective(), List.copyOf(trials.values()));
    listener.onRefit(history);
  }

  private int wanted() {
    int free =
        switch (plan.mode()) {
          case SYNCHRONOUS -> pending.isEmpty() ? plan.batch().orElse(evaluator.slots()) : 0;
          case ASYNCHRONOUS -> Math.max(0, evaluator.slots() - pending.size());
        };
    SearchProgress progress = progress();
    return plan.stop().stream().mapToInt(stop -> stop.allows(progress)).reduce(free, Math::min);
  }

  private SearchProgress progress() {
    return new SearchProgress(plan.objective(), proposals, List.copyOf(trials.values()));
  }

  private void remember(Proposal proposal) {
    proposals.add(proposal);
    pending.put(proposal.number(), proposal);
    replicates.merge(proposal.architecture(), 1, Integer::sum);
  }

  /** Depends on the search's seed, the architecture and how often it was proposed before. */
  private long trialSeed(Architecture architecture) {
    return plan.seed()
        .child("trial", architecture.text(), replicates.getOrDefault(architecture, 0))
        .value();
  }
}
