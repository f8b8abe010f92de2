package org.xfernas.search.evaluator;

import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;

/**
 * Evaluates proposals, several at a time. A failed evaluation is a trial with its failure, never an
 * exception.
 */
public interface Evaluator extends AutoCloseable {

  /** How many proposals it can evaluate at the same time, at least 1. */
  int slots();

  /** Starts an evaluation and returns; more than {@link #slots()} at a time wait their turn. */
  void launch(Proposal proposal);

  /**
   * Goes on with a search that was stopped: launches what has no result. Called once, before
   * anything is launched.
   *
   * @param finished trials of the search so far, ascending by number
   * @param pending proposals without a result, ascending by number
   */
  default void resume(List<Trial> finished, List<Proposal> pending) {
    pending.forEach(this::launch);
  }

  /**
   * The trials that finished since the last call; waits for the first.
   *
   * @param atMost how long to wait
   * @return in the order of completion; empty where nothing finished in time
   */
  List<Trial> await(Duration atMost) throws InterruptedException;

  /** Time as this evaluator counts it: the system's, or a virtual one. */
  InstantSource clock();

  /** Abandons what still runs. */
  @Override
  void close();
}
