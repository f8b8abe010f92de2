package org.xfernas.jobs.table;

import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Keeps the tables fast and small by Iceberg's own procedures: small files are put together, and
 * versions that nobody needs any more are dropped with their files. A version of {@code trials}
 * that a search recorded as its source is tagged, and with that kept for good.
 */
public final class TablesMaintenance {
  private static final String REWRITE = "CALL %s.system.rewrite_data_files(table => '%s.%s')";
  private static final String EXPIRE =
      "CALL %s.system.expire_snapshots(table => '%s.%s', older_than => TIMESTAMP '%s', retain_last => %d)";

  /**
   * Versions that stay whatever their age, for a search that has read one and not recorded it yet.
   */
  private static final int KEPT_VERSIONS = 20;

  /**
   * Each search has a file of its own in {@code searches}, and its lease changes it all the time.
   */
  private static final List<TableDefinition> TABLES =
      List.of(
          TasksTable.DEFINITION,
          ProposalsTable.DEFINITION,
          TrialsTable.DEFINITION,
          CurvesTable.DEFINITION,
          TransferTable.DEFINITION,
          SweepsTable.DEFINITION,
          ImportsTable.DEFINITION);

  private TablesMaintenance() {}

  /**
   * What was done.
   *
   * @param rewrittenFiles data files that were put together
   * @param writtenFiles data files that have their rows now
   * @param droppedVersions versions of tables that are no longer kept
   */
  public record Result(long rewrittenFiles, long writtenFiles, long droppedVersions) {}

  /**
   * Tidies up all tables.
   *
   * @param spark whose current catalog the warehouse is
   * @param olderThan versions that were written before are dropped, but for the latest
   */
  public static Result run(SparkSession spark, Warehouse warehouse, Instant olderThan) {
    StoredTable trials = warehouse.table(TrialsTable.DEFINITION);
    new SearchesTable(warehouse)
        .all().stream()
            .flatMapToLong(row -> row.knowledge().snapshot().stream())
            .distinct()
            .forEach(trials::keep);
    long rewritten = 0;
    long written = 0;
    long dropped = 0;
    for (TableDefinition table : TABLES) {
      if (warehouse.table(table).snapshot().isEmpty()) {
        continue;
      }
      Row files =
          spark.sql(REWRITE.formatted(Warehouse.CATALOG, Warehouse.NAMESPACE, table.name())).head();
      rewritten += files.<Number>getAs("rewritten_data_files_count").longValue();
      written += files.<Number>getAs("added_data_files_count").longValue();
      dropped +=
          spark
              .sql(
                  EXPIRE.formatted(
                      Warehouse.CATALOG,
                      Warehouse.NAMESPACE,
                      table.name(),
                      olderThan,
                      KEPT_VERSIONS))
              .head()
              .<Number>getAs("deleted_manifest_lists_count")
              .longValue();
    }
    return new Result(rewritten, written, dropped);
  }
}
