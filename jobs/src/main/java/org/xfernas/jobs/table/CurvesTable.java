package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.required;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.StringType;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult.Epoch;

/** Table {@code curves}: one row per epoch of a trained trial. */
public final class CurvesTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "curves",
          1,
          new Schema(
              required(1, TableDefinition.SEARCH_ID, StringType.get()),
              required(2, TableDefinition.NUMBER, IntegerType.get()),
              required(3, "epoch", IntegerType.get()),
              required(4, "training_loss", DoubleType.get()),
              required(5, "validation_accuracy", DoubleType.get()),
              required(6, "learning_rate", DoubleType.get()),
              required(7, "seconds", DoubleType.get())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public CurvesTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /** The epochs of each trial of a search, in order, by the trial's number. */
  SortedMap<Integer, List<Epoch>> read(String searchId) {
    SortedMap<Integer, SortedMap<Integer, Epoch>> curves = new TreeMap<>();
    for (Record row : table.rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId))) {
      Epoch epoch = epoch(row);
      curves
          .computeIfAbsent(Values.integer(row, TableDefinition.NUMBER), number -> new TreeMap<>())
          .put(epoch.epoch(), epoch);
    }
    SortedMap<Integer, List<Epoch>> ordered = new TreeMap<>();
    curves.forEach((number, epochs) -> ordered.put(number, List.copyOf(epochs.values())));
    return ordered;
  }

  void append(String searchId, List<Trial> trials) {
    List<Record> rows = new ArrayList<>();
    for (Trial trial : trials) {
      for (Epoch epoch : trial.result().curve()) {
        rows.add(record(searchId, trial.proposal().number(), epoch));
      }
    }
    table.append(rows);
  }

  /**
   * Removes the epochs of trials other than these, whose driver was killed before it wrote them.
   */
  void retain(String searchId, Set<Integer> trials) {
    table.retain(searchId, trials);
  }

  void rename(String from, String to) {
    table.rename(TableDefinition.SEARCH_ID, from, to);
  }

  private Record record(String searchId, int number, Epoch epoch) {
    Record row = table.newRow();
    row.setField(TableDefinition.SEARCH_ID, searchId);
    row.setField(TableDefinition.NUMBER, number);
    row.setField("epoch", epoch.epoch());
    row.setField("training_loss", epoch.trainingLoss());
    row.setField("validation_accuracy", epoch.validationAccuracy());
    row.setField("learning_rate", epoch.learningRate());
    row.setField("seconds", epoch.seconds());
    return row;
  }

  private static Epoch epoch(Record row) {
    return new Epoch(
        Values.integer(row, "epoch"),
        Values.number(row, "training_loss"),
        Values.number(row, "validation_accuracy"),
        Values.number(row, "learning_rate"),
        Values.number(row, "seconds"));
  }
}
