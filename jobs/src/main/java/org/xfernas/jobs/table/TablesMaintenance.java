package org.xfernas.jobs.table;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps the tables fast and small by Iceberg's own procedures: small files are put together, and
 * versions that nobody needs any more are dropped with their files. A version of {@code trials}
 * that a search recorded as its source is tagged, and with that kept for good.
 */
public final class TablesMaintenance {
  private static final String REWRITE =
      "CALL %s.system.rewrite_data_files(table => '%s.%s')";
  private static final String EXPIRE =
      "CALL %s.system.expire_snapshots(table => '%s.%s', older_than => TIMESTAMP '%s')";

  /** Each search has a file of its own in {@code searches}, and its lease changes it all the time. */
  private static final List<TableDefinition> TABLES =
      List.of(
          TasksTable.DEFINITION,
          ProposalsTable.DEFINITION,
          TrialsTable.DEFINITION,
          CurvesTable.DEFINITION,
          TransferTable.DEFINITION,
          SweepsTable.DEFINITION);

  private TablesMaintenance() {}

  /**
   * Tidies up all tables.
   *
   * @param spark whose current catalog the warehouse is
   * @param olderThan versions that were replaced before are dropped
   */
  public static void run(SparkSession spark, Warehouse warehouse, Instant olderThan) {
    StoredTable trials = warehouse.table(TrialsTable.DEFINITION);
    new SearchesTable(warehouse)
        .all().stream()
            .flatMapToLong(row -> row.knowledge().snapshot().stream())
            .distinct()
            .forEach(trials::keep);
    for (TableDefinition table : TABLES) {
      spark.sql(REWRITE.formatted(Warehouse.CATALOG, Warehouse.NAMESPACE, table.name()));
      spark.sql(
          EXPIRE.formatted(Warehouse.CATALOG, Warehouse.NAMESPACE, table.name(), olderThan));
    }
  }
}
