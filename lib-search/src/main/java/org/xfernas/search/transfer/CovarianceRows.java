package org.xfernas.search.transfer;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.surrogate.FeatureTable;
import org.xfernas.search.transfer.SourceModel.View;

/**
 * What the sources leave open between the observations of a search and a long list of candidates: a
 * row per observation, kept from one fit to the next as long as the list stays the same.
 */
final class CovarianceRows {
  private final Map<List<Double>, Map<Architecture, double[]>> kept = new HashMap<>();
  private SourceModel sources;
  private FeatureTable list;

  /**
   * The covariance of a weighted sum of the sources' responses, a row per observation and a column
   * per candidate.
   */
  double[][] of(SourceModel from, double[] weights, View observed, View candidates) {
    if (candidates.size() < SourceModel.LONG) {
      return from.covariance(weights, observed, candidates);
    }
    if (sources != from || list != candidates.table()) {
      kept.clear();
      sources = from;
      list = candidates.table();
    }
    Map<Architecture, double[]> rows =
        kept.computeIfAbsent(Arrays.stream(weights).boxed().toList(), key -> new HashMap<>());
    List<Architecture> architectures = observed.table().architectures();
    List<Architecture> missing =
        architectures.stream().filter(one -> !rows.containsKey(one)).distinct().toList();
    if (!missing.isEmpty()) {
      double[][] made = from.covariance(weights, from.view(missing), candidates);
      for (int row = 0; row < made.length; row++) {
        rows.put(missing.get(row), made[row]);
      }
    }
    return architectures.stream().map(rows::get).toArray(double[][]::new);
  }
}
