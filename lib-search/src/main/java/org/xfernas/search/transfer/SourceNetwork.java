package org.xfernas.search.transfer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.DoubleStream;
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
 * so that a response of a task is f_u + r_d of the models' mean, or of a part of it, and of these
 * processes (R). How large the part is, and how much the processes take over, their marginal
 * likelihood decides.
 *
 * <p>The features of all processes are those of the cell, with the embedding in the place of the
 * decisions, scaled so that two random architectures have a mean squared distance of 1 in it.
 */
final class SourceNetwork implements SourceModel {
  /** Of the models' response, tried in this order. */
  private static final double[] PARTS = {1, 0.5, 0};

  private final SearchSpace space;
  private final CellFeatures features;
  private final List<NaoModel> models;
  private final double scale;
  private final Corrected corrected;

  /** The long list of architectures that was looked at last, and its view. */
  private List<Architecture> latestList = List.of();

  private View latestView;

  /**
   * A part of the models' response and the processes of what it is wrong by.
   *
   * @param part from 0 to 1
   * @param error root mean square of what it is wrong by, of which the processes are multiples
   * @param processes of the errors
   * @param logLikelihood of the sources' scores
   */
  private record Corrected(
      double part, double error, SourceProcesses processes, double logLikelihood) {}

  /**
   * The network of the sources.
   *
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
    List<double[]> unseen = new ArrayList<>();
    for (int task = 0; task < sources.size(); task++) {
      unseen.add(unseen(sources.get(task), task));
    }
    this.corrected =
        DoubleStream.of(PARTS)
            .mapToObj(part -> corrected(part, sources, unseen))
            .max(Comparator.comparingDouble(Corrected::logLikelihood))
            .orElseThrow();
  }

  /** The processes of what a part of the models' response is wrong by. */
  private Corrected corrected(double part, List<SourceScores> sources, List<double[]> unseen) {
    List<double[]> errors = new ArrayList<>();
    for (int task = 0; task < sources.size(); task++) {
      double[] response = unseen.get(task);
      double[] scores = sources.get(task).scores();
      errors.add(
          IntStream.range(0, scores.length)
              .mapToDouble(at -> scores[at] - part * response[at])
              .toArray());
    }
    double[] all = errors.stream().flatMapToDouble(Arrays::stream).toArray();
    double squares = Arrays.stream(all).map(error -> error * error).sum();
    double scale = Math.sqrt(Math.max(Double.MIN_NORMAL, squares / Math.max(1, all.length)));
    SourceProcesses processes =
        new SourceProcesses(
            list -> table(list, model().values(list).embeddings()),
            IntStream.range(0, sources.size())
                .mapToObj(
                    task ->
                        sources
                            .get(task)
                            .with(
                                Arrays.stream(errors.get(task))
                                    .map(each -> each / scale)
                                    .toArray()))
                .toList());
    return new Corrected(
        part, scale, processes, processes.logLikelihood() - all.length * Math.log(scale));
  }

  /** Architectures of equal function are in one fold. */
  static int fold(SearchSpace space, Architecture architecture, int folds) {
    return Math.floorMod(space.id(architecture).value().hashCode(), folds);
  }

  /** What is expected of each result of a task by the model that has not seen it. */
  private double[] unseen(SourceScores source, int task) {
    List<Values> values =
        models.stream().map(model -> model.values(source.architectures())).toList();
    double[] expected = new double[source.size()];
    for (int at = 0; at < expected.length; at++) {
      Values unseen = values.get(fold(space, source.architectures().get(at), models.size()));
      expected[at] = response(unseen, 1 + task, at);
    }
    return expected;
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
    return corrected.processes.tasks();
  }

  @Override
  public KernelScales scales() {
    return corrected.processes.scales();
  }

  /** Where the network is kept, what it is wrong by does not say how far the tasks agree. */
  @Override
  public double agreement() {
    return corrected.part > 0 ? 1 : corrected.processes.agreement();
  }

  @Override
  public double[] parts() {
    return corrected.processes.parts();
  }

  @Override
  public double[][] covariance(double[] weights, View from, View to) {
    double square = corrected.error * corrected.error;
    double[][] covariance = corrected.processes.covariance(weights, from, to);
    for (double[] row : covariance) {
      for (int at = 0; at < row.length; at++) {
        row[at] *= square;
      }
    }
    return covariance;
  }

  @Override
  public double[] variances(double[] weights, View of) {
    double square = corrected.error * corrected.error;
    return Arrays.stream(corrected.processes.variances(weights, of))
        .map(variance -> square * variance)
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
    View view = corrected.processes.view(architectures);
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
        means[row][at] =
            corrected.part * sum / models.size() + corrected.error * view.means()[row][at];
      }
    }
    return new View(view.table(), means, view.kernels());
  }
}
