package org.xfernas.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;

/** The tables as Spark sees them. */
class SparkTablesIT {
  @TempDir static Path directory;
  private static Warehouse warehouse;
  private static SparkSession spark;

  @BeforeAll
  static void writeASearch() {
    TablesSettings settings = Samples.settings(directory);
    warehouse = Warehouse.open(settings);
    SearchLease lease =
        SearchLease.acquire(
            warehouse,
            "a",
            Optional.empty(),
            "{}",
            Knowledge.NONE,
            Samples.LEASE,
            Clock.systemUTC());
    TablesJournal journal =
        new TablesJournal(warehouse, "a", Samples.SPACE, Samples.UNIT, lease, Clock.systemUTC());
    journal.propose(List.of(Samples.proposal(1), Samples.proposal(2)));
    journal.record(List.of(Samples.failed(1)));
    journal.record(List.of(Samples.completed(2)));
    lease.release(State.FINISHED);
    spark = SparkTables.session("tables", Optional.of("local[1]"), settings);
  }

  @AfterAll
  static void stop() {
    spark.stop();
    warehouse.close();
  }

  @Test
  void aQueryNeedsNeitherCatalogNorNamespace() {
    Row row =
        spark
            .sql(
                "SELECT architecture, validation_accuracy, metrics['attempts'], started FROM trials"
                    + " WHERE status = 'completed'")
            .first();
    assertThat(row.getString(0)).isEqualTo("|conv~0|+|pool~0|conv~1|");
    assertThat(row.getDouble(1)).isEqualTo(90.5);
    assertThat(row.getDouble(2)).isEqualTo(1.0);
    assertThat(row.getTimestamp(3).toInstant()).isEqualTo("2026-03-01T10:00:00.123456Z");
  }

  @Test
  void everyTableIsThere() {
    assertThat(spark.sql("SHOW TABLES").collectAsList())
        .extracting(row -> row.getString(1))
        .containsExactlyInAnyOrder(
            "tasks", "searches", "proposals", "trials", "curves", "transfer", "sweeps", "imports");
  }

  @Test
  void anEarlierVersionIsReadAtItsSnapshot() {
    long first =
        spark
            .sql("SELECT snapshot_id FROM xfernas.trials.snapshots ORDER BY committed_at LIMIT 1")
            .first()
            .getLong(0);
    assertThat(spark.sql("SELECT * FROM trials VERSION AS OF " + first).count()).isEqualTo(1);
    assertThat(spark.sql("SELECT * FROM trials").count()).isEqualTo(2);
  }

  @Test
  void dataFilesAreParquet() {
    assertThat(spark.sql("SELECT DISTINCT file_format FROM xfernas.trials.files").collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("PARQUET");
  }
}
