package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.LongType;
import org.apache.iceberg.types.Types.StringType;

/** Table {@code sweeps}: one row per evaluation of every search of a sweep. */
final class SweepsTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "sweeps",
          1,
          new Schema(
              required(1, "sweep_id", StringType.get()),
              required(2, "optimizer", StringType.get()),
              required(3, "transfer", StringType.get()),
              required(4, "task", StringType.get()),
              required(5, "guide", StringType.get()),
              optional(6, "source_points", IntegerType.get()),
              optional(7, "target_points", IntegerType.get()),
              optional(8, "guard_case", StringType.get()),
              required(9, "seed", LongType.get()),
              required(10, "evaluation", IntegerType.get()),
              optional(11, "validation_accuracy", DoubleType.get()),
              optional(12, "test_accuracy", DoubleType.get()),
              optional(13, "regret", DoubleType.get()),
              required(14, "optimizer_seconds", DoubleType.get())));

  private SweepsTable() {}
}
