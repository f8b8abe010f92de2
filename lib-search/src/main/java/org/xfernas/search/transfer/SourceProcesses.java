package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.CellFeatures;
import org.xfernas.search.surrogate.Cholesky;
import org.xfernas.search.surrogate.Distances;
import org.xfernas.search.surrogate.FeatureGroup;
import org.xfernas.search.surrogate.FeatureTable;
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.surrogate.KernelScales.Shape;
import org.xfernas.search.trial.SourceKnowledge;

/**
 * Gaussian processes over the normal scores of all source tasks jointly: the score of task s is f_s
 * = u + r_s, u the universal process and r_s a residual of the task, both over one kernel of
 * structural features: {@link Shape#TREND}. The scores of a task are equally noisy, or the noisier
 * the closer the results lie around them. The kernel's scales, the noise of each task and the share
 * of the residuals maximise the marginal likelihood.
 */
final class SourceProcesses implements SourceModel {
  private static final double[] NOISES = {0.02, 0.06, 0.2, 0.6, 2};

  /** Much, so that wrong results do not lead the search for the scales astray. */
  private static final double FIRST_NOISE = 0.6;

  private static final double[] RESIDUALS = {0.03, 0.15, 0.5, 2};
  private static final double[] STEPS = {4, 0.25, 2, 0.5};
  private static final KernelScales START = new KernelScales(0.2, 0.2, 0.4, 0.1, Shape.TREND);
  private static final int ROUNDS = 3;

  /** A group of features with less in the kernel has next to nothing. */
  private static final double LEAST_SCALE = 1e-3;

  /** Scores that are too few to show by themselves whether they follow anything. */
  private static final int FEW = 20;

  /** Logarithm of the Bayes factor from which scores count as more than noise. */
  private static final double LEAST_EVIDENCE = 3;

  private final Function<List<Architecture>, FeatureTable> features;
  private final List<Task> tasks;
  private final FeatureTable points;
  private final Distances distances;
  private final KernelScales scales;
  private final double residual;

  /** Logarithm of the density of the scores. */
  private final double logLikelihood;

  /** Logarithm of the Bayes factor between these processes and independent noise. */
  private final double evidence;

  /** One per point: how much of the kernel around it makes up u. */
  private final double[] weights;

  private final SourceCovariance covariance;

  /** The long list of architectures that was looked at last. */
  private View latest;

  /** Variances of the noise: the median one, and one per score. */
  private record Noise(double median, double[] variances) {}

  /** A task's points are the rows {@code from} to {@code to}. */
  private static final class Task {
    private final String name;
    private final int from;
    private final int to;
    private final double[] scores;
    private final double[] noises;
    private Noise noise;

    Task(SourceScores source, int from) {
      this.name = source.task();
      this.from = from;
      this.to = from + source.size();
      this.scores = source.scores();
      this.noises = source.noises();
      this.noise = equal(FIRST_NOISE);
    }

    /** Each score as noisy as results of equal noise make it. */
    Noise sloped(double median) {
      return new Noise(median, Arrays.stream(noises).map(relative -> median * relative).toArray());
    }

    /** All scores equally noisy, as where some results are wrong altogether. */
    Noise equal(double variance) {
      return new Noise(
          variance, DoubleStream.generate(() -> variance).limit(scores.length).toArray());
    }

    IntStream rows() {
      return IntStream.range(from, to);
    }
  }

  /**
   * The processes of what there is to learn from: what is {@link SourceScores#chosen}, but no task
   * whose scores are as likely to be noise as to follow the structure of the architectures.
   */
  static SourceProcesses of(CellFeatures features, SourceKnowledge knowledge) {
    List<SourceScores> learnt = SourceScores.chosen(knowledge.tasks());
    SourceProcesses processes = new SourceProcesses(features::table, learnt);
    List<SourceScores> informative = new ArrayList<>();
    for (int task = 0; task < learnt.size(); task++) {
      if (processes.informative(processes.tasks.get(task))) {
        informative.add(learnt.get(task));
      }
    }
    if (informative.size() < learnt.size()) {
      processes = new SourceProcesses(features::table, informative);
    }
    return processes.evidence < LEAST_EVIDENCE
        ? new SourceProcesses(features::table, List.of())
        : processes;
  }

  /**
   * The processes of all scores that are given.
   *
   * @param features of a list of architectures
   * @param sources the scores, with a variance of about 1
   */
  SourceProcesses(Function<List<Architecture>, FeatureTable> features, List<SourceScores> sources) {
    List<Architecture> architectures = new ArrayList<>();
    this.tasks = new ArrayList<>();
    for (SourceScores source : sources) {
      tasks.add(new Task(source, architectures.size()));
      architectures.addAll(source.architectures());
    }
    this.features = features;
    this.points = features.apply(architectures);
    this.distances = new Distances(points);
    KernelScales likeliest = START;
    for (int round = 0; round < ROUNDS; round++) {
      likeliest = likeliestScales(likeliest);
      for (Task task : tasks) {
        task.noise = likeliestNoise(task, likeliest);
      }
    }
    this.scales = likeliest;

    double[] scores =
        sources.stream().flatMapToDouble(one -> Arrays.stream(one.scores())).toArray();
    double[][] kernel = distances.kernel(scales);
    double most = Double.NEGATIVE_INFINITY;
    double chosen = RESIDUALS[0];
    Cholesky factor = null;
    for (double candidate : RESIDUALS) {
      Cholesky joint = Cholesky.of(joint(kernel, candidate));
      double likelihood = joint.logDensity(scores);
      if (likelihood > most) {
        most = likelihood;
        chosen = candidate;
        factor = joint;
      }
    }
    this.residual = chosen;
    this.logLikelihood = most;
    this.evidence = most - logDensityOfNoise(scores);
    this.weights = factor.solve(scores);
    int[] numbers =
        IntStream.range(0, tasks.size())
            .flatMap(task -> tasks.get(task).rows().map(row -> task))
            .toArray();
    this.covariance = new SourceCovariance(numbers, scales, residual, factor);
  }

  /** Searches coordinate by coordinate for the likeliest scales, given all tasks. */
  private KernelScales likeliestScales(KernelScales from) {
    KernelScales best = from;
    double most = logLikelihood(best);
    for (double step : STEPS) {
      for (FeatureGroup group : FeatureGroup.values()) {
        KernelScales moved = best.with(group, step * best.of(group));
        double likelihood = logLikelihood(moved);
        while (likelihood > most && moved.of(group) >= LEAST_SCALE) {
          most = likelihood;
          best = moved;
          moved = best.with(group, step * best.of(group));
          likelihood = logLikelihood(moved);
        }
      }
    }
    return best;
  }

  private Noise likeliestNoise(Task task, KernelScales candidate) {
    double most = Double.NEGATIVE_INFINITY;
    Noise best = task.noise;
    for (double variance : NOISES) {
      for (Noise noise : List.of(task.sloped(variance), task.equal(variance))) {
        double likelihood = logLikelihood(task, noise, candidate);
        if (likelihood > most) {
          most = likelihood;
          best = noise;
        }
      }
    }
    return best;
  }

  /** Of normal scores that follow nothing. */
  private static double logDensityOfNoise(double[] scores) {
    double sum = scores.length * Math.log(2 * Math.PI);
    for (double score : scores) {
      sum += score * score;
    }
    return -sum / 2;
  }

  /**
   * Whether the scores of a task follow the structure of its architectures, or are too few to say
   * so by themselves.
   */
  private boolean informative(Task task) {
    return task.scores.length < FEW
        || logLikelihood(task, task.noise, scales) - logDensityOfNoise(task.scores)
            > LEAST_EVIDENCE;
  }

  /** Of scales, given all tasks, each by itself. */
  private double logLikelihood(KernelScales candidate) {
    double sum = 0;
    for (Task task : tasks) {
      sum += logLikelihood(task, task.noise, candidate);
    }
    return sum;
  }

  private double logLikelihood(Task task, Noise noise, KernelScales candidate) {
    double[][] covariance = distances.kernel(candidate, task.from, task.to);
    for (int row = 0; row < covariance.length; row++) {
      covariance[row][row] += noise.variances[row];
    }
    return Cholesky.of(covariance).logDensity(task.scores);
  }

  /** Covariance of the scores of all tasks; of the kernel, the residual has its share. */
  private double[][] joint(double[][] kernel, double share) {
    double[][] joint = new double[kernel.length][];
    for (Task task : tasks) {
      for (int row = task.from; row < task.to; row++) {
        joint[row] = new double[row + 1];
        for (int column = 0; column <= row; column++) {
          double own = column >= task.from ? share : 0;
          joint[row][column] = kernel[row][column] * (1 + own) / (1 + share);
        }
        joint[row][row] += task.noise.variances[row - task.from];
      }
    }
    return joint;
  }

  /** Logarithm of the density of the scores. */
  double logLikelihood() {
    return logLikelihood;
  }

  @Override
  public List<String> tasks() {
    return tasks.stream().map(task -> task.name).toList();
  }

  @Override
  public KernelScales scales() {
    return scales.with(Shape.LOCAL);
  }

  /** By the points of each task and their noise. */
  @Override
  public double[] parts() {
    double[] precisions =
        tasks.stream().mapToDouble(task -> task.scores.length / task.noise.median).toArray();
    double sum = Arrays.stream(precisions).sum();
    return Arrays.stream(precisions).map(precision -> precision / sum).toArray();
  }

  @Override
  public double[][] covariance(double[] sum, View from, View to) {
    return covariance.between(sum, from, to);
  }

  @Override
  public double[] variances(double[] sum, View of) {
    return covariance.variances(sum, of);
  }

  /** The view of some architectures; of a long list it is kept for the next call. */
  @Override
  public synchronized View view(List<Architecture> architectures) {
    FeatureTable table = features.apply(architectures);
    if (table.size() < LONG) {
      return make(table);
    }
    if (latest == null || !latest.table().equals(table)) {
      latest = make(table);
    }
    return latest;
  }

  private View make(FeatureTable table) {
    PointKernels kernels = new PointKernels(points, scales, table);
    double[][] means = new double[1 + tasks.size()][table.size()];
    for (int task = 0; task < tasks.size(); task++) {
      double[] own = means[1 + task];
      for (int point = tasks.get(task).from; point < tasks.get(task).to; point++) {
        float[] kernel = kernels.of(point);
        double weight = weights[point] / (1 + residual);
        for (int row = 0; row < kernel.length; row++) {
          means[0][row] += weight * kernel[row];
          own[row] += residual * weight * kernel[row];
        }
      }
    }
    for (int task = 1; task < means.length; task++) {
      for (int row = 0; row < table.size(); row++) {
        means[task][row] += means[0][row];
      }
    }
    return new View(table, means, kernels);
  }
}
