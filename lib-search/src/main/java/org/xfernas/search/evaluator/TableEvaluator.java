package org.xfernas.search.evaluator;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.PriorityQueue;
import java.util.function.ToDoubleFunction;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Execution;
import org.xfernas.search.trial.TrialResult.Place;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/**
 * Evaluation by looking up a table, under a virtual clock: an evaluation occupies one of the slots
 * for its simulated seconds, and {@link #await} goes at once to the moment when the next one
 * finishes. An architecture without a row or without a metric is a failed trial.
 */
public final class TableEvaluator implements Evaluator {
  private static final Place PLACE = new Place("virtual", "table", "cpu", Map.of());

  private final ArchitectureTable table;
  private final String metric;
  private final double[] validation;
  private final Optional<double[]> test;
  private final ToDoubleFunction<Architecture> seconds;
  private final int slots;

  /** Virtual time, from {@link Instant#EPOCH}. */
  private Instant now = Instant.EPOCH;

  private final PriorityQueue<Instant> freeSlots = new PriorityQueue<>();
  private final PriorityQueue<Trial> running =
      new PriorityQueue<>(
          Comparator.comparing(TableEvaluator::finished)
              .thenComparing(trial -> trial.proposal().number()));

  /**
   * An evaluator whose simulated seconds are a column of the table, or none.
   *
   * @param table what is known
   * @param columns which of it is used
   * @param slots evaluations at the same time, at least 1
   * @throws IllegalArgumentException naming the known columns where one does not exist
   */
  public TableEvaluator(ArchitectureTable table, TableColumns columns, int slots) {
    this(table, columns.metric(), columns.testMetric(), seconds(table, columns.cost()), slots);
  }

  /**
   * An evaluator.
   *
   * @param table what is known
   * @param metric column that guides the search
   * @param testMetric column that is reported
   * @param seconds simulated seconds of the evaluation of an architecture
   * @param slots evaluations at the same time, at least 1
   * @throws IllegalArgumentException naming the known columns where one does not exist
   */
  public TableEvaluator(
      ArchitectureTable table,
      String metric,
      Optional<String> testMetric,
      ToDoubleFunction<Architecture> seconds,
      int slots) {
    if (slots < 1) {
      throw new IllegalArgumentException(
          "Cannot evaluate from a table: at least one slot is needed (slots=%d)".formatted(slots));
    }
    this.table = table;
    this.metric = metric;
    this.validation = table.column(metric);
    this.test = testMetric.map(table::column);
    this.seconds = seconds;
    this.slots = slots;
    freeSlots.addAll(Collections.nCopies(slots, now));
  }

  private static ToDoubleFunction<Architecture> seconds(
      ArchitectureTable table, Optional<String> cost) {
    if (cost.isEmpty()) {
      return architecture -> 0;
    }
    double[] column = table.column(cost.get());
    return architecture -> {
      OptionalInt row = table.row(architecture.text());
      return row.isPresent() ? column[row.getAsInt()] : 0;
    };
  }

  @Override
  public int slots() {
    return slots;
  }

  /**
   * Launches everything again at the virtual moment at which it was launched, which is when the
   * last of the trials that its proposal observed had finished; the clock then stands where it
   * stood.
   */
  @Override
  public void resume(List<Trial> finished, List<Proposal> pending) {
    List<Proposal> proposals = new ArrayList<>(pending);
    finished.forEach(trial -> proposals.add(trial.proposal()));
    proposals.sort(Comparator.comparing(Proposal::number));
    Map<Integer, Trial> trials = new HashMap<>();
    for (Proposal proposal : proposals) {
      now = lastFinish(proposal.basis().observed(), trials);
      trials.put(proposal.number(), schedule(proposal));
    }
    now = lastFinish(finished.stream().map(trial -> trial.proposal().number()).toList(), trials);
    pending.forEach(proposal -> running.add(trials.get(proposal.number())));
  }

  private static Instant lastFinish(List<Integer> numbers, Map<Integer, Trial> trials) {
    return numbers.stream()
        .map(number -> finished(trials.get(number)))
        .max(Comparator.naturalOrder())
        .orElse(Instant.EPOCH);
  }

  @Override
  public void launch(Proposal proposal) {
    running.add(schedule(proposal));
  }

  /** Gives the proposal the slot that is free first. */
  private Trial schedule(Proposal proposal) {
    Instant free = freeSlots.remove();
    Instant start = free.isAfter(now) ? free : now;
    double cost = seconds.applyAsDouble(proposal.architecture());
    boolean possible = cost >= 0 && Double.isFinite(cost);
    Instant finish = possible ? start.plus(duration(cost)) : start;
    freeSlots.add(finish);
    Execution execution =
        new Execution(
            start,
            finish,
            Duration.between(now, start).toNanos() * 1e-9,
            possible ? cost : 0,
            0,
            PLACE);
    String text = proposal.architecture().text();
    if (!possible) {
      return failed(proposal, execution, "the cost of %s is %s seconds".formatted(text, cost));
    }
    OptionalInt row = table.row(text);
    if (row.isEmpty()) {
      return failed(proposal, execution, "%s is not in %s".formatted(text, table.name()));
    }
    double value = validation[row.getAsInt()];
    if (!Double.isFinite(value)) {
      return failed(
          proposal, execution, "%s has no %s in %s".formatted(text, metric, table.name()));
    }
    Scores scores = new Scores(OptionalDouble.of(value), testScore(row.getAsInt()), Map.of());
    return new Trial(
        proposal, new TrialResult(Optional.empty(), scores, List.of(), Size.UNKNOWN, execution));
  }

  private OptionalDouble testScore(int row) {
    return test.map(column -> column[row])
        .filter(Double::isFinite)
        .map(OptionalDouble::of)
        .orElse(OptionalDouble.empty());
  }

  private static Trial failed(Proposal proposal, Execution execution, String reason) {
    Failure failure = new Failure(Failure.Kind.INVALID, reason);
    return new Trial(
        proposal,
        new TrialResult(Optional.of(failure), Scores.NONE, List.of(), Size.UNKNOWN, execution));
  }

  private static Duration duration(double seconds) {
    long whole = (long) seconds;
    return Duration.ofSeconds(whole, (long) ((seconds - whole) * 1e9));
  }

  private static Instant finished(Trial trial) {
    return trial.result().execution().finished();
  }

  /**
   * The trials that finish next, all at the same virtual moment; there is nothing to wait for, so
   * {@code atMost} has no meaning here.
   */
  @Override
  public List<Trial> await(Duration atMost) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException("Interrupted while evaluating from " + table.name());
    }
    List<Trial> next = new ArrayList<>();
    while (!running.isEmpty() && (next.isEmpty() || finished(running.element()).equals(now))) {
      next.add(running.remove());
      now = finished(next.get(0));
    }
    return next;
  }

  @Override
  public InstantSource clock() {
    return () -> now;
  }

  @Override
  public void close() {
    running.clear();
  }
}
