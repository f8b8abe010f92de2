package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
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
 * the closer the results lie around them, or some are wrong altogether: {@link ScoreNoise}. The
 * kernel's scales, the noise of each task and the share of the residuals maximise the marginal
 * likelihood.
 */
final class SourceProcesses implements SourceModel {
  private static final double[] NOISES = {0.02, 0.06, 0.2, 0.6, 2};

  /** Much, so that wrong results do not lead the search for the scales astray. */
  private static final double FIRST_NOISE = 0.6;

  /** Variance of the noise from which it is asked whether some scores are wrong altogether. */
  private static final double MUCH_NOISE = 0.2;

  /** Logarithm of the prior odds against it. */
  private static final double ODDS_AGAINST_WRONG = 2;

  /** Scores of a task among which the wrong ones are looked for, which takes their cube in time. */
  private static final int MOST_LOOKED_THROUGH = 400;

  private static final double[] RESIDUALS = {0.03, 0.15, 0.5, 2};
  private static final double[] STEPS = {4, 0.25, 2, 0.5};
  private static final KernelScales START = new KernelScales(0.2, 0.2, 0.4, 0.1, Shape.TREND);
  private static final int ROUNDS = 3;

  /** A group of features with less in the kernel has next to nothing. */
  private static final double LEAST_SCALE = 1e-3;

  /** Scores that are too few to show by themselves whether they follow anything. */
  private static final int FEW = 20;

  /** How often tasks that are noise are left out; each time takes a search for the scales. */
  private static final int EXCHANGES = 4;

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

  /** A task's points are the rows {@code from} to {@code to}. */
  private static final class Task {
    private final String name;
    private final int from;
    private final int to;
    private final double[] scores;
    private final double[] noises;
    private ScoreNoise noise;

    /** Logarithm of the density of the scores if they follow nothing. */
    private double logDensityOfNothing;

    Task(SourceScores source, int from) {
      this.name = source.task();
      this.from = from;
      this.to = from + source.size();
      this.scores = source.scores();
      this.noises = source.noises();
      this.noise = ScoreNoise.equal(scores.length, FIRST_NOISE);
    }

    IntStream rows() {
      return IntStream.range(from, to);
    }
  }

  /**
   * The processes of what there is to learn from, but no task whose scores are as likely to be
   * noise as to follow the structure of the architectures: where there are more tasks than are
   * learnt from, the next ones take its place.
   */
  static SourceProcesses of(CellFeatures features, SourceKnowledge knowledge) {
    Iterator<SourceScores> further = SourceScores.ranking(knowledge.tasks()).iterator();
    List<SourceScores> learnt = filled(List.of(), further);
    SourceProcesses processes = of(features, learnt);
    for (int round = 1; round <= EXCHANGES; round++) {
      List<SourceScores> informative = new ArrayList<>();
      for (int task = 0; task < learnt.size(); task++) {
        if (processes.informative(processes.tasks.get(task))) {
          informative.add(learnt.get(task));
        }
      }
      if (informative.size() == learnt.size()) {
        break;
      }
      learnt = round < EXCHANGES ? filled(informative, further) : informative;
      processes = of(features, learnt);
    }
    return processes.evidence < LEAST_EVIDENCE ? of(features, List.of()) : processes;
  }

  private static SourceProcesses of(CellFeatures features, List<SourceScores> learnt) {
    return new SourceProcesses(features::table, SourceScores.subsampled(learnt));
  }

  /** These tasks, and further ones up to as many as are learnt from. */
  private static List<SourceScores> filled(
      List<SourceScores> tasks, Iterator<SourceScores> further) {
    List<SourceScores> filled = new ArrayList<>(tasks);
    while (filled.size() < LearntSources.MOST_TASKS && further.hasNext()) {
      filled.add(further.next());
    }
    return filled;
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
    for (Task task : tasks) {
      task.logDensityOfNothing = logDensityOfNothing(task);
    }

    double[] scores =
        sources.stream().flatMapToDouble(one -> Arrays.stream(one.scores())).toArray();
    double[][] kernel = distances.kernel(scales);
    double logFactor = tasks.stream().mapToDouble(task -> task.noise.logFactor()).sum();
    double most = Double.NEGATIVE_INFINITY;
    double chosen = RESIDUALS[0];
    Cholesky factor = null;
    for (double candidate : RESIDUALS) {
      Cholesky joint = Cholesky.of(joint(kernel, candidate));
      double likelihood = logFactor + joint.logDensity(scores);
      if (likelihood > most) {
        most = likelihood;
        chosen = candidate;
        factor = joint;
      }
    }
    this.residual = chosen;
    this.logLikelihood = most;
    this.evidence = most - tasks.stream().mapToDouble(task -> task.logDensityOfNothing).sum();
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

  /**
   * Scores that are equally noisy, or each as noisy as results of equal noise make it; or, where
   * either leaves much to noise, some of them wrong altogether.
   */
  private ScoreNoise likeliestNoise(Task task, KernelScales candidate) {
    return likeliestNoise(task, distances.kernel(candidate, task.from, task.to));
  }

  private static ScoreNoise likeliestNoise(Task task, double[][] kernel) {
    double most = Double.NEGATIVE_INFINITY;
    ScoreNoise best = task.noise;
    for (double variance : NOISES) {
      for (ScoreNoise noise :
          List.of(
              ScoreNoise.relative(task.noises, variance),
              ScoreNoise.equal(task.scores.length, variance))) {
        double likelihood = noise.logDensity(kernel, task.scores);
        if (likelihood > most) {
          most = likelihood;
          best = noise;
        }
      }
    }
    if (best.typical() >= MUCH_NOISE && task.scores.length <= MOST_LOOKED_THROUGH) {
      ScoreNoise partlyWrong = ScoreNoise.partlyWrong(kernel, task.scores);
      if (partlyWrong.logDensity(kernel, task.scores) > most + ODDS_AGAINST_WRONG) {
        return partlyWrong;
      }
    }
    return best;
  }

  /**
   * Whether the scores of a task follow the structure of its architectures, or are too few to say
   * so by themselves.
   */
  private boolean informative(Task task) {
    return task.scores.length < FEW
        || logLikelihood(task, scales) - task.logDensityOfNothing > LEAST_EVIDENCE;
  }

  /**
   * Logarithm of the density of the scores of a task if they follow nothing, however noisy: the
   * best ones, which a subsample has more of, lie around a level of their own.
   */
  private double logDensityOfNothing(Task task) {
    double[][] level = new double[task.scores.length][];
    for (int row = 0; row < level.length; row++) {
      level[row] = new double[row + 1];
      Arrays.fill(level[row], scales.variance());
    }
    return Math.max(
        IndependentScores.of(task.scores).logDensity(task.scores),
        likeliestNoise(task, level).logDensity(level, task.scores));
  }

  /** Of scales, given all tasks, each by itself. */
  private double logLikelihood(KernelScales candidate) {
    double sum = 0;
    for (Task task : tasks) {
      sum += logLikelihood(task, candidate);
    }
    return sum;
  }

  private double logLikelihood(Task task, KernelScales candidate) {
    return task.noise.logDensity(distances.kernel(candidate, task.from, task.to), task.scores);
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
        joint[row][row] += task.noise.variances()[row - task.from];
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
        tasks.stream().mapToDouble(task -> task.scores.length / task.noise.typical()).toArray();
    double sum = Arrays.stream(precisions).sum();
    return Arrays.stream(precisions).map(precision -> precision / sum).toArray();
  }

  /** The share of f_u in a task's response. */
  @Override
  public double agreement() {
    return tasks.size() < 2 ? 1 : 1 / (1 + residual);
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
