package org.xfernas.jobs.table;

import static org.apache.iceberg.types.Types.NestedField.optional;
import static org.apache.iceberg.types.Types.NestedField.required;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.types.Types.IntegerType;
import org.apache.iceberg.types.Types.StringType;
import org.apache.iceberg.types.Types.TimestampType;

/**
 * Table {@code imports}: one row per file of trials that was imported, under the name that its
 * trials have as a search.
 */
public final class ImportsTable {
  static final TableDefinition DEFINITION =
      TableDefinition.of(
          "imports",
          1,
          new Schema(
              required(1, TableDefinition.SEARCH_ID, StringType.get()),
              required(2, "file", StringType.get()),
              required(3, "sha256", StringType.get()),
              required(4, "trials", IntegerType.get()),
              optional(5, "licence", StringType.get()),
              required(6, "imported", TimestampType.withZone())));

  private final StoredTable table;

  /** The table of a warehouse. */
  public ImportsTable(Warehouse warehouse) {
    table = warehouse.table(DEFINITION);
  }

  /**
   * A file.
   *
   * @param searchId of its trials
   * @param file its name, without directories
   * @param sha256 of its bytes
   * @param trials in it
   * @param licence that its manifest names; empty where it names none
   * @param imported when
   */
  public record Row(
      String searchId,
      String file,
      String sha256,
      int trials,
      Optional<String> licence,
      Instant imported) {

    /** The same under another licence. */
    public Row withLicence(Optional<String> other) {
      return new Row(searchId, file, sha256, trials, other, imported);
    }
  }

  /** Every file, by the search of its trials. */
  public SortedMap<String, Row> all() {
    SortedMap<String, Row> rows = new TreeMap<>();
    for (Record record : table.rows(Expressions.alwaysTrue())) {
      Row row =
          new Row(
              Values.text(record, TableDefinition.SEARCH_ID),
              Values.text(record, "file"),
              Values.text(record, "sha256"),
              Values.integer(record, "trials"),
              Values.optionalText(record, "licence"),
              Values.instant(record, "imported"));
      rows.put(row.searchId(), row);
    }
    return rows;
  }

  /** Records a file, in the place of what was recorded of it before. */
  public void record(Row row) {
    table.deleteKey(TableDefinition.SEARCH_ID, row.searchId());
    Record record = table.newRow();
    record.setField(TableDefinition.SEARCH_ID, row.searchId());
    record.setField("file", row.file());
    record.setField("sha256", row.sha256());
    record.setField("trials", row.trials());
    record.setField("licence", row.licence().orElse(null));
    record.setField("imported", Values.time(row.imported()));
    table.append(List.of(record));
  }
}
