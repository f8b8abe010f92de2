package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.BooleanType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.TimestampType;

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
              required(7, "training_images", LongType.get()),
              required(8, "validation_images", LongType.get()),
              required(9, "test_images", LongType.get()),
              optional(10, "official", BooleanType.get()),
              required(11, "recorded", TimestampType.withZone())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public TasksTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /**
   * A row.
   *
   * @param task name of the task
   * @param fingerprint of the images, the labels and the split
   * @param height of an image, in pixels
   * @param width of an image, in pixels
   * @param channels of an image
   * @param classes number of classes
   * @param trainingImages in the training part of the split
   * @param validationImages in its validation part
   * @param testImages in its test part
   */
  public record Row(
      String task,
      String fingerprint,
      int height,
      int width,
      int channels,
      int classes,
      long trainingImages,
      long validationImages,
      long testImages) {}

  /** Records a task, unless it is there already. */
  public void record(Row task, Instant now) {
    var known =
        Expressions.and(
            Expressions.equal("task", task.task()),
            Expressions.equal("fingerprint", task.fingerprint()));
    if (!table.rows(known).isEmpty()) {
      return;
    }
    Record row = table.newRow();
    row.setField("task", task.task());
    row.setField("fingerprint", task.fingerprint());
    row.setField("height", task.height());
    row.setField("width", task.width());
    row.setField("channels", task.channels());
    row.setField("classes", task.classes());
    row.setField("training_images", task.trainingImages());
    row.setField("validation_images", task.validationImages());
    row.setField("test_images", task.testImages());
    row.setField("recorded", Values.time(now));
    table.append(List.of(row));
  }
}
