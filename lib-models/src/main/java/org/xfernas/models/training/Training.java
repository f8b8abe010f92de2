package org.xfernas.models.training;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.xfernas.models.dataset.ImageTask;
import org.xfernas.models.dataset.LabelledImages;
import org.xfernas.models.dataset.Shuffle;
import org.xfernas.models.network.CandidateNetwork;
import org.xfernas.models.network.Optimization;
import org.xfernas.search.Seed;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

/** The training of one candidate, from building its network to freeing it. */
final class Training {
  private final ImageTask data;
  private final InstantSource clock;
  private final TrainingRequest request;
  private final EpochListener listener;
  private final Batches batches;
  private final TrainingPass pass;
  private final Seed seed;
  private final int[] images;
  private final int batchSize;

  private final Instant started;
  private final List<Epoch> curve = new ArrayList<>();
  private Size size = Size.UNKNOWN;
  private Duration stepping = Duration.ZERO;
  private long imagesSeen;

  Training(
      ImageTask data,
      InstantSource clock,
      TrainingRequest request,
      TrainingPass pass,
      EpochListener listener) {
    this.data = data;
    this.clock = clock;
    this.request = request;
    this.listener = listener;
    this.batches = new Batches(data, request.protocol().augmentation());
    this.pass = pass;
    this.seed = new Seed(request.seed());
    this.images =
        IntStream.range(0, data.trainingImages(request.fidelity().dataFraction())).toArray();
    this.batchSize = request.protocol().batchSize();
    this.started = clock.instant();
  }

  TrainingReport run() {
    try {
      return trained();
    } catch (Failed e) {
      return report(Optional.of(e.failure), Scores.NONE);
    } catch (OutOfMemoryError e) {
      String reason =
          "The training needed more memory than its process may take, after %d epochs (%s)"
              .formatted(curve.size(), e.getMessage());
      return report(Optional.of(new Failure(Failure.Kind.OUT_OF_MEMORY, reason)), Scores.NONE);
    }
  }

  private TrainingReport trained() throws Failed {
    ComputationGraph graph = build();
    try {
      for (int epoch = 1; epoch <= request.fidelity().epochs(); epoch++) {
        Epoch completed = epoch(graph, epoch);
        curve.add(completed);
        listener.completed(completed);
      }
      double validation = curve.get(curve.size() - 1).validationAccuracy();
      double test = accuracy(graph, data.test(), "test");
      return report(
          Optional.empty(),
          new Scores(OptionalDouble.of(validation), OptionalDouble.of(test), Map.of()));
    } finally {
      CandidateNetwork.close(graph);
      Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
    }
  }

  private ComputationGraph build() throws Failed {
    CandidateNetwork network = network();
    size = new Size(OptionalLong.of(network.parameters()), OptionalLong.of(network.flops()));
    int steps = (images.length + batchSize - 1) / batchSize;
    Optimization optimization =
        request.protocol().optimization((long) steps * request.fidelity().epochs());
    return network.build(optimization, seed.child("network"));
  }

  private CandidateNetwork network() throws Failed {
    try {
      return CandidateNetwork.of(
          request.architecture(), request.network(), data.shape(), data.classes());
    } catch (IllegalArgumentException e) {
      throw new Failed(Failure.Kind.INVALID, e.getMessage());
    }
  }

  private Epoch epoch(ComputationGraph graph, int epoch) throws Failed {
    Instant start = clock.instant();
    double loss = pass(graph, epoch);
    stepping = stepping.plus(Duration.between(start, clock.instant()));
    double validation = accuracy(graph, data.validation(), "validation after epoch " + epoch);
    return new Epoch(
        epoch,
        loss,
        validation,
        learningRate(graph, graph.getIterationCount() - 1),
        seconds(Duration.between(start, clock.instant())));
  }

  /** One pass over the training images in random order; the mean loss of an image. */
  private double pass(ComputationGraph graph, int epoch) throws Failed {
    int before = graph.getIterationCount();
    int[] order = Shuffle.of(images, seed.child("order", epoch));
    double loss = pass.run(graph, order, seed.child("augmentation", epoch));
    if (!Double.isFinite(loss)) {
      throw new Failed(
          Failure.Kind.DIVERGED,
          "The loss is no longer a number (epoch=%d, step=%d, loss=%s, learning-rate=%s)"
              .formatted(
                  epoch,
                  graph.getIterationCount() - before,
                  loss,
                  learningRate(graph, graph.getIterationCount() - 1)));
    }
    imagesSeen += order.length;
    return loss;
  }

  /** Share of the images whose class is the network's first choice, in per cent. */
  private double accuracy(ComputationGraph graph, LabelledImages part, String when) throws Failed {
    int right = 0;
    for (int first = 0; first < part.count(); first += batchSize) {
      INDArray features = batches.evaluation(part, first, batchSize);
      float[][] probabilities = graph.outputSingle(features).toFloatMatrix();
      features.close();
      for (int i = 0; i < batchSize && first + i < part.count(); i++) {
        right += part.label(first + i) == firstChoice(probabilities[i], when) ? 1 : 0;
      }
    }
    return 100.0 * right / part.count();
  }

  private static int firstChoice(float[] probabilities, String when) throws Failed {
    int best = 0;
    for (int label = 0; label < probabilities.length; label++) {
      if (Float.isNaN(probabilities[label])) {
        throw new Failed(
            Failure.Kind.DIVERGED, "The output is no longer a number (%s)".formatted(when));
      }
      best = probabilities[label] > probabilities[best] ? label : best;
    }
    return best;
  }

  /** The learning rate of a step, counted from 0, as the network's own schedule has it. */
  private static double learningRate(ComputationGraph graph, int step) {
    Layer output = graph.getOutputLayer(0);
    return ((BaseLayer) output.conf().getLayer()).getIUpdater().getLearningRate(step, 0);
  }

  private TrainingReport report(Optional<Failure> failure, Scores scores) {
    double seconds = seconds(stepping);
    return new TrainingReport(
        failure,
        scores,
        curve,
        size,
        seconds(Duration.between(started, clock.instant())),
        seconds == 0 ? 0 : imagesSeen / seconds);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / 1e9;
  }

  /** Ends the training with the candidate's own failure. */
  private static final class Failed extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    Failed(Failure.Kind kind, String reason) {
      super(reason);
      failure = new Failure(kind, reason);
    }
  }
}
