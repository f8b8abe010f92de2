package org.xfernas.search.evaluator;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.xfernas.search.NearestName;

/** Known metrics of architectures: one row per architecture text, one column per metric. */
public final class ArchitectureTable implements Serializable {
  private static final long serialVersionUID = 1L;

  private final String name;
  private final List<String> architectures;
  private final HashMap<String, Integer> rows = new HashMap<>();
  private final LinkedHashMap<String, double[]> columns = new LinkedHashMap<>();

  /**
   * A table.
   *
   * @param name where it comes from, for messages
   * @param architectures text of each row, all different
   * @param columns values by name of the column, each as long as {@code architectures}; NaN where
   *     none is known
   */
  public ArchitectureTable(String name, List<String> architectures, Map<String, double[]> columns) {
    this.name = name;
    this.architectures = List.copyOf(architectures);
    for (String architecture : this.architectures) {
      if (rows.putIfAbsent(architecture, rows.size()) != null) {
        throw new IllegalArgumentException(
            "Cannot use table: two rows for one architecture (architecture=%s, table=%s)"
                .formatted(architecture, name));
      }
    }
    columns.forEach(
        (column, values) -> {
          if (values.length != rows.size()) {
            throw new IllegalArgumentException(
                "Cannot use table: %d values for %d architectures (column=%s, table=%s)"
                    .formatted(values.length, rows.size(), column, name));
          }
          this.columns.put(column, values.clone());
        });
  }

  /** Where it comes from. */
  public String name() {
    return name;
  }

  /** Text of each row. */
  public List<String> architectures() {
    return architectures;
  }

  /** The row of an architecture, if it has one. */
  public OptionalInt row(String architecture) {
    Integer row = rows.get(architecture);
    return row == null ? OptionalInt.empty() : OptionalInt.of(row);
  }

  /**
   * Values of a column by row, NaN where none is known.
   *
   * @throws IllegalArgumentException naming the known columns where there is none of that name
   */
  public double[] column(String column) {
    requireColumn(name, column, columns.keySet());
    return columns.get(column).clone();
  }

  /** Refuses a column that a table lacks, naming the known ones and the nearest. */
  public static void requireColumn(String table, String column, Set<String> known) {
    if (!known.contains(column)) {
      throw new IllegalArgumentException(
          "Cannot use table: no column \"%s\"%s; its columns are %s (table=%s)"
              .formatted(
                  column,
                  NearestName.of(column, known)
                      .map(" (did you mean \"%s\"?)"::formatted)
                      .orElse(""),
                  String.join(", ", new ArrayList<>(known)),
                  table));
    }
  }
}
