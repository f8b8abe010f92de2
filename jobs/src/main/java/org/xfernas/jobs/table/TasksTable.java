package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.ListType;
import org.apache.iceberg.types.Types.NestedField;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.TimestampType;
import org.xfernas.models.dataset.TaskDescription;
import org.xfernas.search.trial.TaskDescriptor;

/** Table {@code tasks}: the data sets that were searched on, one row per task and fingerprint. */
public final class TasksTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "tasks",
          2,
          new Schema(
              required(1, "task", StringType.get()),
              required(2, "fingerprint", StringType.get()),
              required(3, "height", IntegerType.get()),
              required(4, "width", IntegerType.get()),
              required(5, "channels", IntegerType.get()),
              required(6, "classes", IntegerType.get()),
              required(7, "training_images", IntegerType.get()),
              required(8, "validation_images", IntegerType.get()),
              required(9, "test_images", IntegerType.get()),
              required(10, "origin", StringType.get()),
              required(11, "recorded", TimestampType.withZone()),
              doubles(12, "channel_means"),
              doubles(14, "channel_deviations"),
              doubles(16, "class_shares")));

  private final StoredTable table;

  /** The table of a warehouse. */
  public TasksTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /** A column of several numbers; the identifier after its own is that of its elements. */
  private static NestedField doubles(int identifier, String name) {
    return optional(identifier, name, ListType.ofRequired(identifier + 1, DoubleType.get()));
  }

  /** What the data sets are, by their fingerprints. */
  public Map<String, TaskDescriptor> descriptors() {
    Map<String, TaskDescriptor> descriptors = new HashMap<>();
    for (Record row : table.rows(Expressions.notNull("class_shares"))) {
      descriptors.put(
          Values.text(row, "fingerprint"),
          new TaskDescriptor(
              Values.integer(row, "height"),
              Values.integer(row, "width"),
              Values.integer(row, "channels"),
              Values.doubles(row, "channel_means"),
              Values.doubles(row, "channel_deviations"),
              Values.doubles(row, "class_shares")));
    }
    return descriptors;
  }

  /** Records what a task is, unless it is there already. */
  public void record(String task, TaskDescription description, Instant now) {
    var known =
        Expressions.and(
            Expressions.equal("task", task),
            Expressions.equal("fingerprint", description.fingerprint()));
    if (!table.rows(known).isEmpty()) {
      return;
    }
    Record row = table.newRow();
    row.setField("task", task);
    row.setField("fingerprint", description.fingerprint());
    row.setField("height", description.shape().height());
    row.setField("width", description.shape().width());
    row.setField("channels", description.shape().channels());
    row.setField("classes", description.classes());
    row.setField("training_images", description.trainingImages());
    row.setField("validation_images", description.validationImages());
    row.setField("test_images", description.testImages());
    row.setField("origin", description.origin().name().toLowerCase(Locale.ROOT));
    row.setField("channel_means", description.standardisation().means());
    row.setField("channel_deviations", description.standardisation().standardDeviations());
    row.setField("class_shares", description.classShares());
    row.setField("recorded", Values.time(now));
    table.append(List.of(row));
  }
}
