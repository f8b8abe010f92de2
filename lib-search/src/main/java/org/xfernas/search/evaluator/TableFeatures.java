package org.xfernas.search.evaluator;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.xfernas.search.space.Architecture;

/**
 * Columns of a table that are known before an evaluation, such as parameters or FLOPs, as features
 * of its architectures. An architecture without a row has the mean of each column.
 */
public final class TableFeatures {
  private final ArchitectureTable table;
  private final List<double[]> columns;
  private final List<Double> means;

  /**
   * Features.
   *
   * @param table that has the columns
   * @param names of the columns, in the order of the features; perhaps none
   * @throws IllegalArgumentException naming the known columns where one does not exist, and the
   *     architecture for which one has no finite number
   */
  public TableFeatures(ArchitectureTable table, List<String> names) {
    this.table = table;
    this.columns = names.stream().map(name -> complete(table, name)).toList();
    this.means = columns.stream().map(column -> Arrays.stream(column).average().orElse(0)).toList();
  }

  private static double[] complete(ArchitectureTable table, String name) {
    double[] column = table.column(name);
    for (int row = 0; row < column.length; row++) {
      if (!Double.isFinite(column[row])) {
        throw new IllegalArgumentException(
            "Cannot take column \"%s\" as a feature: it has no number for %s; name columns with a number for every architecture (table=%s)"
                .formatted(name, table.architectures().get(row), table.name()));
      }
    }
    return column;
  }

  /** One value of each column. */
  public double[] of(Architecture architecture) {
    OptionalInt row = table.row(architecture.text());
    double[] features = new double[columns.size()];
    for (int at = 0; at < features.length; at++) {
      features[at] = row.isPresent() ? columns.get(at)[row.getAsInt()] : means.get(at);
    }
    return features;
  }
}
