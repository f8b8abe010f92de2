package org.xfernas.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;

class TablesMaintenanceIT {
  private static final int TRIALS = 24;

  @TempDir Path directory;

  private static SearchLease lease(Warehouse warehouse, String searchId, Knowledge knowledge) {
    return SearchLease.acquire(
        warehouse, searchId, Optional.empty(), "{}", knowledge, Samples.LEASE, Clock.systemUTC());
  }

  @Test
  void smallFilesAndOldVersionsGoButNotWhatASearchLearntFrom() {
    TablesSettings settings = Samples.settings(directory);
    try (Warehouse warehouse = Warehouse.open(settings);
        SparkSession spark =
            SparkTables.session("maintenance", Optional.of("local[1]"), settings)) {
      TrialsTable trials = new TrialsTable(warehouse);
      List<Long> versions = new ArrayList<>();
      try (SearchLease lease = lease(warehouse, "a", Knowledge.NONE)) {
        TablesJournal journal =
            new TablesJournal(
                warehouse, "a", Samples.SPACE, Samples.UNIT, lease, Clock.systemUTC());
        List<Integer> numbers = IntStream.rangeClosed(1, TRIALS).boxed().toList();
        journal.propose(numbers.stream().map(Samples::proposal).toList());
        for (int number : numbers) {
          journal.record(List.of(Samples.completed(number)));
          versions.add(trials.snapshot().orElseThrow());
        }
      }
      Knowledge learnt = new Knowledge(OptionalLong.of(versions.get(2)), List.of());
      lease(warehouse, "b", learnt).release(State.FINISHED);

      TablesMaintenance.Result result =
          TablesMaintenance.run(
              spark, warehouse, Clock.systemUTC().instant().plus(Duration.ofHours(1)));

      assertThat(result.rewrittenFiles()).isGreaterThan(TRIALS);
      assertThat(result.writtenFiles()).isBetween(1L, 4L);
      assertThat(result.droppedVersions()).isPositive();
      TrialsTable after = new TrialsTable(warehouse);
      assertThat(after.units(versions.get(2)).get(Samples.UNIT)).hasSize(3);
      assertThatThrownBy(() -> after.units(versions.get(3)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("this version is no longer kept");
      assertThat(after.units(after.snapshot().orElseThrow()).get(Samples.UNIT)).hasSize(TRIALS);
    }
  }

  @Test
  void aSweepIsForgottenWhereItsRowsShareAFileWithThoseOfAnother() {
    TablesSettings settings = Samples.settings(directory);
    try (Warehouse warehouse = Warehouse.open(settings)) {
      SweepsTable sweeps = new SweepsTable(warehouse);
      for (int seed = 1; seed <= 4; seed++) {
        sweeps.append("gone", List.of(sweepRow(seed)));
        sweeps.append("kept", List.of(sweepRow(seed)));
      }
      try (SparkSession spark =
          SparkTables.session("maintenance", Optional.of("local[1]"), settings)) {
        TablesMaintenance.Result result =
            TablesMaintenance.run(spark, warehouse, Clock.systemUTC().instant());
        assertThat(result.rewrittenFiles()).isEqualTo(8);
        assertThat(result.writtenFiles()).isEqualTo(1);
      }

      sweeps.delete("gone");

      assertThat(sweeps.read("gone")).isEmpty();
      assertThat(sweeps.read("kept")).hasSize(4);
      assertThat(sweeps.cells()).containsOnlyKeys("kept");
      sweeps.append("gone", List.of(sweepRow(5)));
      assertThat(sweeps.read("gone")).containsExactly(sweepRow(5));
      sweeps.delete("never there");
      assertThat(sweeps.cells()).containsOnlyKeys("gone", "kept");
    }
  }

  private static SweepsTable.Row sweepRow(long seed) {
    return new SweepsTable.Row(
        new SweepsTable.Cell("random", "none", "up", 12, null, "none", seed),
        new SweepsTable.Evaluation("accuracy", 1, 90.5, 89.5, 1.5, 0.125));
  }
}
