package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.TimestampType;
import org.xfernas.models.dataset.TaskDescription;

/** Table {@code tasks}: the data sets that were searched on, one row per task and fingerprint. */
public final class TasksTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "tasks",
          1,
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
              required(11, "recorded", TimestampType.withZone())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public TasksTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
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
    row.setField("recorded", Values.time(now));
    table.append(List.of(row));
  }
}
