package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.surrogate.CellFeatures;
import org.xfernas.search.surrogate.FeatureTable;
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.surrogate.nao.NaoModel;
import org.xfernas.search.surrogate.nao.NaoModel.Values;

/**
 * The sources as NAO's models have learnt them, each from all folds of the architectures but one.
 * What a model is wrong by in the fold that it has not seen is learnt by {@link SourceProcesses},
 * so that a response of a task is f_u + r_d of the models' mean and of these processes (R); how
 * much of it the processes take over, their marginal likelihood decides.
 *
 * <p>The features of all processes are those of the cell, with the embedding in the place of the
 * decisions, scaled so that two random architectures have a mean squared distance of 1 in it.
 */
final class SourceNetwork implements SourceModel {
  private final SearchSpace space;
  private final CellFeatures features;
  private final List<NaoModel> models;
  private final double scale;
  private final SourceProcesses processes;

  /** Root mean square of what the models are wrong by. */
  private final double error;

  /** The long list of architectures that was looked at last, and its view. */
  private List<Architecture> latestList = List.of();

  private View latestView;

  /**
   * @param space of the architectures
   * @param features of its cells
   * @param models the k-th was trained without {@link #fold} k
   * @param sources what they were trained on, in the order of their residual predictors
   * @param references random architectures
   */
  SourceNetwork(
      SearchSpace space,
      CellFeatures features,
      List<NaoModel> models,
      List<SourceScores> sources,
      List<Architecture> references) {
    this.space = space;
    this.features = features;
    this.models = List.copyOf(models);
    this.scale = 1 / Math.sqrt(meanSquaredDistance(model().values(references).embeddings()));
    List<double[]> errors = new ArrayList<>();
    for (int task = 0; task < sources.size(); task++) {
      errors.add(errors(sources.get(task), task));
    }
    double squares = errors.stream().flatMapToDouble(Arrays::stream).map(e -> e * e).sum();
    int count = sources.stream().mapToInt(SourceScores::size).sum();
    this.error = Math.sqrt(Math.max(Double.MIN_NORMAL, squares / Math.max(1, count)));
    this.processes =
        new SourceProcesses(
            list -> table(list, model().values(list).embeddings()),
            IntStream.range(0, sources.size())
                .mapToObj(
                    task ->
                        new SourceScores(
                            sources.get(task).task(),
                            sources.get(task).architectures(),
                            Arrays.stream(errors.get(task)).map(each -> each / error).toArray()))
                .toList());
  }

  /** Architectures of equal function are in one fold. */
  static int fold(SearchSpace space, Architecture architecture, int folds) {
    return Math.floorMod(space.id(architecture).value().hashCode(), folds);
  }

  private double[] errors(SourceScores source, int task) {
    List<Values> values =
        models.stream().map(model -> model.values(source.architectures())).toList();
    double[] errors = new double[source.size()];
    for (int at = 0; at < errors.length; at++) {
      Values unseen = values.get(fold(space, source.architectures().get(at), models.size()));
      errors[at] = source.scores()[at] - response(unseen, 1 + task, at);
    }
    return errors;
  }

  /** Of a row of a view's means: f_u, or that of a task. */
  private static double response(Values values, int row, int at) {
    return values.universal()[at] + (row == 0 ? 0 : values.residuals()[row - 1][at]);
  }

  private static double meanSquaredDistance(double[][] rows) {
    double sum = 0;
    for (int column = 0; column < rows[0].length; column++) {
      int at = column;
      double[] values = Arrays.stream(rows).mapToDouble(row -> row[at]).toArray();
      sum += 2 * Math.pow(Hypotheses.deviation(values), 2);
    }
    return Math.max(sum, Double.MIN_NORMAL);
  }

  private FeatureTable table(List<Architecture> architectures, double[][] embeddings) {
    return features
        .table(architectures)
        .withDecisions(
            Arrays.stream(embeddings)
                .map(row -> Arrays.stream(row).map(each -> scale * each).toArray())
                .toArray(double[][]::new));
  }

  /** The model that embeds and decodes. */
  NaoModel model() {
    return models.get(0);
  }

  @Override
  public List<String> tasks() {
    return processes.tasks();
  }

  @Override
  public KernelScales scales() {
    return processes.scales();
  }

  @Override
  public double[] parts() {
    return processes.parts();
  }

  @Override
  public double[][] covariance(double[] weights, View from, View to) {
    double[][] covariance = processes.covariance(weights, from, to);
    for (double[] row : covariance) {
      for (int at = 0; at < row.length; at++) {
        row[at] *= error * error;
      }
    }
    return covariance;
  }

  @Override
  public double[] variances(double[] weights, View of) {
    return Arrays.stream(processes.variances(weights, of))
        .map(variance -> error * error * variance)
        .toArray();
  }

  /** The view of some architectures; of a long list it is kept for the next call. */
  @Override
  public synchronized View view(List<Architecture> architectures) {
    if (architectures.size() < LONG) {
      return make(architectures);
    }
    if (!architectures.equals(latestList)) {
      latestView = make(architectures);
      latestList = List.copyOf(architectures);
    }
    return latestView;
  }

  private View make(List<Architecture> architectures) {
    View view = processes.view(architectures);
    if (tasks().isEmpty()) {
      return view;
    }
    List<Values> values = models.stream().map(model -> model.values(architectures)).toList();
    double[][] means = new double[1 + tasks().size()][architectures.size()];
    for (int row = 0; row < means.length; row++) {
      for (int at = 0; at < architectures.size(); at++) {
        double sum = 0;
        for (Values each : values) {
          sum += response(each, row, at);
        }
        means[row][at] = sum / models.size() + error * view.means()[row][at];
      }
    }
    return new View(view.table(), means, view.kernels());
  }
}
