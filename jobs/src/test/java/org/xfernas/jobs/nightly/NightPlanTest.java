package org.xfernas.jobs.nightly;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.nightly.NightPlan.Due;
import org.xfernas.jobs.search.DescribedSearch;
import org.xfernas.jobs.table.ImportedTrials;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;

/** What is due after a night that finished its search on the task a. */
class NightPlanTest {
  private static final Instant NIGHT = Instant.parse("2026-03-01T22:00:00Z");
  private static final String SEARCH = "nightly-a-20260301T220000.000";
  private static final String TRAINED =
      """
      xfernas { search { space = null, evaluator = null }, nightly.tasks = null }
      xfernas {
        search {
          space = { type = block-cell, blocks = 1, operations = [identity, conv_1x1], output = unused }
          evaluator = { type = train }
        }
        nightly.tasks = { a {} }
        data { dir = "../data/fashion-mnist-subset", split.training-limit = 64 }
        trial.protocol.batch-size = 64
      }
      """;

  /** What is kept of the configuration of a search that trains. */
  private static final List<String> OF_TRAINED =
      List.of(
          "search",
          "data",
          "network",
          "trial.training",
          "trial.averaging-frequency",
          "trial.fidelity",
          "trial.protocol");

  @TempDir Path directory;
  private NightlyRuns runs;

  @BeforeEach
  void writeTable() throws IOException {
    runs = new NightlyRuns(directory);
  }

  @Test
  void aTaskIsDueAtTheSameTimeOfDayAfterItsPeriod() {
    for (int days : List.of(1, 7)) {
      String settings =
          runs.settings(
              "xfernas { tables.warehouse = \"%1$s/%2$d\", nightly.period = %2$dd }"
                  .formatted(directory, days));
      finish(settings, List.of("search"));
      Instant again = NIGHT.plus(Duration.ofDays(days));
      assertThat(plan(settings, again.minus(Duration.ofHours(12))).notDue()).containsKey("a");
      // Two nights are a little less than a day apart, and an hour less where summer time begins.
      assertThat(plan(settings, again.minus(Duration.ofMinutes(61))).due())
          .extracting(Due::why)
          .containsExactly("its search is of the night of " + NIGHT);
    }
  }

  @Test
  void aTaskIsDueWhereItsDataAreNew() {
    String settings = runs.settings(TRAINED);
    finish(settings, OF_TRAINED);
    addTrial(settings, search(settings, SEARCH).fingerprint().orElseThrow());
    assertThat(plan(settings, NIGHT.plusSeconds(60)).notDue()).containsKey("a");

    String other =
        runs.settings(TRAINED, "xfernas.tables.warehouse = \"%s/other\"".formatted(directory));
    finish(other, OF_TRAINED);
    addTrial(other, "of other images");
    assertThat(plan(other, NIGHT.plusSeconds(60)).due())
        .extracting(Due::why)
        .containsExactly("its data are new");
  }

  private static NightPlan plan(String settings, Instant now) {
    NightlySettings nightly = Settings.read(config(settings), NightlySections.class).nightly();
    try (Warehouse warehouse = NightlyRuns.open(settings)) {
      return NightPlan.of(
          nightly, List.of("a"), (task, id) -> search(settings, id), warehouse, now);
    }
  }

  /** A night's search, which ended three hours after the night began. */
  private static void finish(String settings, List<String> sections) {
    Config all =
        Settings.withoutDefaults(
            searchConfig(settings, SEARCH).getConfig(Settings.ROOT), List.of(Settings.NETWORK));
    Config stored = ConfigFactory.empty();
    for (String section : sections) {
      stored = stored.withFallback(all.withOnlyPath(section));
    }
    stored = stored.withoutPath("search.id").withoutPath("search.restart");
    try (Warehouse warehouse = NightlyRuns.open(settings);
        SearchLease lease =
            SearchLease.acquire(
                warehouse,
                SEARCH,
                Optional.empty(),
                stored.root().render(ConfigRenderOptions.concise()),
                Knowledge.NONE,
                Duration.ofMinutes(2),
                Clock.fixed(NIGHT.plus(Duration.ofHours(3)), ZoneOffset.UTC))) {
      lease.release(State.FINISHED);
    }
  }

  private static void addTrial(String settings, String fingerprint) {
    try (Warehouse warehouse = NightlyRuns.open(settings);
        ImportedTrials trials = new TrialsTable(warehouse).importing(SEARCH, NIGHT)) {
      trials.add(
          Map.of(
              "task",
              "a",
              "space",
              "{}",
              "architecture",
              "x",
              "architecture_id",
              "x",
              "status",
              "completed",
              "validation_accuracy",
              90.0,
              "data_fingerprint",
              fingerprint));
      trials.commit();
    }
  }

  private static DescribedSearch search(String settings, String id) {
    return DescribedSearch.of(
        new JobContext(
            List.of(),
            searchConfig(settings, id),
            Optional.empty(),
            System.out,
            System.err,
            Clock.systemUTC()));
  }

  private static Config searchConfig(String settings, String id) {
    Config all = config(settings);
    return Settings.read(all, NightlySections.class).nightly().search(all, "a", id);
  }

  private static Config config(String settings) {
    return ConfigFactory.parseString(settings)
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }
}
