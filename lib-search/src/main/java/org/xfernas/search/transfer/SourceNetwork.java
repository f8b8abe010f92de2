package org.xfernas.search.transfer;

import java.util.Arrays;
import java.util.List;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.FeatureTable;
import org.xfernas.search.surrogate.KernelScales;
import org.xfernas.search.surrogate.nao.NaoModel;
import org.xfernas.search.surrogate.nao.NaoModel.Values;

/**
 * The sources as NAO's model has learnt them: f_u is its universal predictor, the response of a
 * task adds the task's residual predictor, and the features are the embedding, scaled so that two
 * random architectures have a mean squared distance of 1.
 */
final class SourceNetwork implements SourceModel {
  private static final KernelScales SCALES = new KernelScales(0.3, 0, 0);
  private static final int LONG = 1_000;

  private final List<NaoModel> models;
  private final List<String> tasks;
  private final double[] parts;
  private final double scale;

  /** The long list of architectures that was looked at last, and its view. */
  private List<Architecture> latestList = List.of();

  private View latestView;

  /**
   * @param models that were trained on the tasks
   * @param tasks names, in the order of the models' residual predictors
   * @param sizes results of each task
   * @param references random architectures
   */
  SourceNetwork(
      List<NaoModel> models, List<String> tasks, int[] sizes, List<Architecture> references) {
    this.models = List.copyOf(models);
    this.tasks = List.copyOf(tasks);
    double all = Arrays.stream(sizes).sum();
    this.parts = Arrays.stream(sizes).mapToDouble(size -> size / all).toArray();
    this.scale = 1 / Math.sqrt(meanSquaredDistance(model().values(references).embeddings()));
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

  /** The model that embeds and decodes. */
  NaoModel model() {
    return models.get(0);
  }

  @Override
  public List<String> tasks() {
    return tasks;
  }

  @Override
  public KernelScales scales() {
    return SCALES;
  }

  @Override
  public double[] parts() {
    return parts.clone();
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
    List<Values> values = models.stream().map(model -> model.values(architectures)).toList();
    double[][] features =
        Arrays.stream(values.get(0).embeddings())
            .map(row -> Arrays.stream(row).map(each -> scale * each).toArray())
            .toArray(double[][]::new);
    double[][] means = new double[1 + tasks.size()][architectures.size()];
    for (Values each : values) {
      for (int at = 0; at < architectures.size(); at++) {
        means[0][at] += each.universal()[at] / models.size();
        for (int task = 0; task < tasks.size(); task++) {
          means[1 + task][at] +=
              (each.universal()[at] + each.residuals()[task][at]) / models.size();
        }
      }
    }
    return new View(FeatureTable.learnt(architectures, features), means);
  }
}
