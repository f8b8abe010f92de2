package org.xfernas.search.trial;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Everything that an evaluation gave.
 *
 * @param failure empty where the trial completed
 * @param scores metrics at the end of the evaluation
 * @param curve one entry per epoch, in order; empty where nothing was trained
 * @param size of the network
 * @param execution where, when and how long
 */
public record TrialResult(
    Optional<Failure> failure, Scores scores, List<Epoch> curve, Size size, Execution execution) {

  public TrialResult {
    curve = List.copyOf(curve);
    if (failure.isPresent() == scores.validation().isPresent()) {
      throw new IllegalArgumentException(
          "A trial has a validation score or a failure, and never both (validation=%s, failure=%s)"
              .formatted(scores.validation(), failure));
    }
  }

  /** Whether the trial has a validation score. */
  public boolean completed() {
    return failure.isEmpty();
  }

  /**
   * Metrics of a trial.
   *
   * @param validation the metric that guides the search (accuracies in per cent); empty where
   *     failed
   * @param test never shown to an optimizer; empty where none is known
   * @param others further metrics by name
   */
  public record Scores(OptionalDouble validation, OptionalDouble test, Map<String, Double> others) {
    /** Of a failed trial. */
    public static final Scores NONE =
        new Scores(OptionalDouble.empty(), OptionalDouble.empty(), Map.of());

    public Scores {
      others = Map.copyOf(others);
    }
  }

  /**
   * One pass over the training data.
   *
   * @param epoch from 1
   * @param trainingLoss mean over the epoch's batches
   * @param validationAccuracy per cent, after the epoch
   * @param learningRate at the end of the epoch
   * @param seconds of training and validation
   */
  public record Epoch(
      int epoch,
      double trainingLoss,
      double validationAccuracy,
      double learningRate,
      double seconds) {}

  /**
   * Size of a network; empty where it was never built.
   *
   * @param parameters trainable parameters
   * @param flops multiply-accumulates of one image
   */
  public record Size(OptionalLong parameters, OptionalLong flops) {
    /** Of a network that was not built. */
    public static final Size UNKNOWN = new Size(OptionalLong.empty(), OptionalLong.empty());
  }

  /**
   * Where, when and how long a trial ran.
   *
   * @param started when its evaluation began, by the evaluator's clock
   * @param finished when its result was known
   * @param secondsWaiting from launch to start
   * @param secondsTraining of the evaluation, simulated where it came from a table
   * @param imagesPerSecond of the training, 0 where nothing was trained
   * @param place host, executor and device
   */
  public record Execution(
      Instant started,
      Instant finished,
      double secondsWaiting,
      double secondsTraining,
      double imagesPerSecond,
      Place place) {}

  /**
   * Where a trial ran.
   *
   * @param host name of the machine
   * @param executor Spark's id of the executor, or a name of the evaluator
   * @param device {@code cpu}, or the address of the GPU
   * @param versions of what computed it, by name
   */
  public record Place(String host, String executor, String device, Map<String, String> versions) {
    public Place {
      versions = Map.copyOf(versions);
    }
  }
}
