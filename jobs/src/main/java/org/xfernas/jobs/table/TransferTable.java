package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Types.DoubleType;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.StringType;

/** Table {@code transfer}: what each source task was worth when a proposal was made. */
final class TransferTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "transfer",
          1,
          new Schema(
              required(1, TableDefinition.SEARCH_ID, StringType.get()),
              required(2, TableDefinition.NUMBER, IntegerType.get()),
              required(3, "source_task", StringType.get()),
              required(4, "similarity", DoubleType.get()),
              optional(5, "similarity_standard_deviation", DoubleType.get()),
              required(6, "weight", DoubleType.get())));

  private TransferTable() {}
}
