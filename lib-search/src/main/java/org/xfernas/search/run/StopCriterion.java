package org.xfernas.search.run;

import java.time.Duration;

/**
 * When a search makes no more proposals; what was launched by then is still awaited and recorded. A
 * criterion depends on the journal alone, so that a resumed search ends where the undisturbed one
 * would have.
 */
public sealed interface StopCriterion {

  /** How many more proposals it allows, 0 where it holds. */
  int allows(SearchProgress progress);

  /**
   * A number of evaluations, failed and pending ones included.
   *
   * @param limit at least 1
   */
  record Evaluations(int limit) implements StopCriterion {
    public Evaluations {
      if (limit < 1) {
        throw new IllegalArgumentException(
            "Cannot stop a search after %d evaluations: the budget must be at least 1"
                .formatted(limit));
      }
    }

    @Override
    public int allows(SearchProgress progress) {
      return Math.max(0, limit - progress.proposals().size());
    }
  }

  /**
   * The sum of the seconds that all evaluations took, failed ones included.
   *
   * @param limit positive
   * @param elsewhere seconds of evaluations in other journals that count too
   */
  record GpuTime(Duration limit, double elsewhere) implements StopCriterion {
    public GpuTime {
      requirePositive("GPU", limit);
    }

    /** Of the evaluations of the journal alone. */
    public GpuTime(Duration limit) {
      this(limit, 0);
    }

    @Override
    public int allows(SearchProgress progress) {
      return unless(progress.gpuSeconds() + elsewhere >= seconds(limit));
    }
  }

  /**
   * The same with room for more evaluations, each as long as those so far are on average.
   *
   * @param limit positive
   * @param evaluations how many more, at least 0
   */
  record GpuTimeWithRoom(Duration limit, double evaluations) implements StopCriterion {
    public GpuTimeWithRoom {
      requirePositive("GPU", limit);
    }

    @Override
    public int allows(SearchProgress progress) {
      double mean = progress.gpuSeconds() / Math.max(1, progress.trials().size());
      return unless(progress.gpuSeconds() + evaluations * mean >= seconds(limit));
    }
  }

  /**
   * Time by the evaluator's clock; see {@link SearchProgress#wallSeconds}.
   *
   * @param limit positive
   */
  record WallTime(Duration limit) implements StopCriterion {
    public WallTime {
      requirePositive("wall", limit);
    }

    @Override
    public int allows(SearchProgress progress) {
      return unless(progress.wallSeconds() >= seconds(limit));
    }
  }

  /**
   * A value of the guiding metric that is good enough.
   *
   * @param target on the metric's own scale; reached from above where the objective is to minimize
   */
  record TargetAccuracy(double target) implements StopCriterion {
    public TargetAccuracy {
      if (!Double.isFinite(target)) {
        throw new IllegalArgumentException(
            "Cannot stop a search at a target that is not a number (target=%s)".formatted(target));
      }
    }

    @Override
    public int allows(SearchProgress progress) {
      double wanted = progress.objective().score(target);
      return unless(progress.bestScore().orElse(Double.NEGATIVE_INFINITY) >= wanted);
    }
  }

  private static int unless(boolean holds) {
    return holds ? 0 : Integer.MAX_VALUE;
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  private static void requirePositive(String kind, Duration limit) {
    if (limit.isNegative() || limit.isZero()) {
      throw new IllegalArgumentException(
          "Cannot stop a search after a %s time of %s: the budget must be positive"
              .formatted(kind, limit));
    }
  }
}
