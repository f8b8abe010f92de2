package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.ImportedTrials;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.trial.Trial;

/** Drivers in processes of their own, which are stopped in the midst of a search. */
class StopAndGoOnIT {
  @TempDir Path directory;
  private SearchRuns runs;

  @BeforeEach
  void writeTable() throws IOException {
    runs = new SearchRuns(directory);
  }

  @Test
  void aDriverThatIsKilledTwiceFindsWhatAnUndisturbedOneFinds() throws Exception {
    killAndGoOn(2, 12);
  }

  @Test
  @Tag("acceptance")
  void aDriverThatIsKilledTwelveTimesFindsWhatAnUndisturbedOneFinds() throws Exception {
    killAndGoOn(12, 60);
  }

  private void killAndGoOn(int kills, int evaluations) throws Exception {
    String budget = "xfernas.search { batch = 2, budget.evaluations = %d }".formatted(evaluations);
    JsonNode undisturbed = runs.search(runs.settings("undisturbed", budget)).summary();

    String settings = runs.settings("killed", budget);
    Random random = new Random(kills);
    for (int kill = 1; kill <= kills; kill++) {
      Process driver = runs.start(settings);
      int until = kill * evaluations / (kills + 1);
      await().atMost(Duration.ofMinutes(2)).until(() -> recorded(settings) >= until);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      driver.destroyForcibly().waitFor();
      assertThat(driver.exitValue()).as(Files.readString(runs.output())).isEqualTo(137);
    }
    Process last = runs.start(settings);
    assertThat(last.waitFor()).as(Files.readString(runs.output())).isZero();

    JsonNode summary = runs.search(settings).summary();
    assertThat(summary.get("trajectory")).isEqualTo(undisturbed.get("trajectory"));
    assertThat(summary.get("gpu_days")).isEqualTo(undisturbed.get("gpu_days"));
    try (Warehouse warehouse = open(settings)) {
      RecordedSearch killed = RecordedSearch.read(warehouse, "killed", SearchRuns.SPACE);
      assertThat(killed.proposals())
          .extracting(proposal -> proposal.number())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, evaluations).boxed().toList());
      assertThat(killed.trials())
          .extracting(trial -> trial.proposal().number())
          .containsExactlyElementsOf(IntStream.rangeClosed(1, evaluations).boxed().toList());
    }
  }

  @Test
  void aDriverKeepsOthersOutAndLeavesItsSearchInOrderWhenToldToEnd() throws Exception {
    String settings = runs.settings("told", "xfernas.search.budget.evaluations = 600");
    Process driver = runs.start(settings);
    await().atMost(Duration.ofMinutes(2)).until(() -> recorded(settings) >= 2);
    assertThatThrownBy(() -> runs.search(settings))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "Cannot drive the search told: it has a driver, process " + driver.pid())
        .hasMessageContaining("whose lease expires at ");
    driver.destroy();
    assertThat(driver.waitFor(2, TimeUnit.MINUTES)).isTrue();

    assertThat(runs.output()).content().contains("the search told is stopped");
    try (Warehouse warehouse = open(settings)) {
      SearchesTable.Row row = new SearchesTable(warehouse).find("told").orElseThrow();
      assertThat(row.state()).isEqualTo(State.STOPPED);
      assertThat(row.lease()).isEmpty();
    }
  }

  @Test
  void aDriverOfTrainingsThatIsKilledLeavesItsTrialsAndNoWorker() throws Exception {
    String settings =
        runs.settings(
            "trained",
            SearchRuns.TRAINING,
            "xfernas.search { mode = asynchronous, budget.evaluations = 4 }");
    Process driver = runs.start(settings, "--master", "local[2]");
    await().atMost(Duration.ofMinutes(3)).until(() -> !trained(settings).isEmpty());
    List<ProcessHandle> workers = driver.descendants().toList();
    driver.destroyForcibly().waitFor();
    List<Trial> before = trained(settings);

    assertThat(workers).as(Files.readString(runs.output())).isNotEmpty();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> workers.stream().noneMatch(ProcessHandle::isAlive));
    Process last = runs.start(settings, "--master", "local[2]");
    assertThat(last.waitFor()).as(Files.readString(runs.output())).isZero();
    List<Trial> after = trained(settings);
    assertThat(after).containsAll(before);
    assertThat(after).extracting(trial -> trial.proposal().number()).containsExactly(1, 2, 3, 4);
  }

  /** A trial on other images stands for those that an earlier driver left. */
  @Test
  void aSearchDoesNotGoOnWithOtherImages() throws Exception {
    String settings = runs.settings("trained", SearchRuns.TRAINING);
    Config config = runs.config(settings);
    SearchSections sections = Settings.read(config, SearchSections.class);
    SearchConfiguration configuration = SearchConfiguration.of(config, sections.search());
    try (Warehouse warehouse = open(settings)) {
      SearchLease.acquire(
              warehouse,
              "trained",
              Optional.empty(),
              configuration.withBatch(2).text(),
              Knowledge.NONE,
              Duration.ofMinutes(2),
              Clock.systemUTC())
          .release(State.STOPPED);
      try (ImportedTrials trials = new TrialsTable(warehouse).importing("trained", Instant.EPOCH)) {
        trials.add(
            Map.of(
                "task", "tiny-fashion",
                "data_fingerprint", "of-other-images",
                "space", configuration.spaceText(),
                "architecture", "a",
                "architecture_id", "a",
                "status", "failed"));
        trials.commit();
      }
    }
    assertThatThrownBy(() -> runs.search(settings))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "Cannot go on with the search trained: its images are no longer what they were (xfernas.data.dir=")
        .hasMessageContaining("fingerprint before=of-other-images, now=")
        .hasMessageEndingWith("put the files back, or give the search another xfernas.search.id");
  }

  private List<Trial> trained(String settings) {
    try (Warehouse warehouse = open(settings)) {
      return RecordedSearch.read(warehouse, "trained", SearchRuns.TRAINED_SPACE).trials();
    }
  }

  private int recorded(String settings) {
    try (Warehouse warehouse = open(settings)) {
      return new SearchesTable(warehouse)
          .all().stream()
              .filter(row -> row.state() == State.RUNNING)
              .mapToInt(
                  row ->
                      RecordedSearch.read(warehouse, row.searchId(), SearchRuns.SPACE)
                          .trials()
                          .size())
              .sum();
    }
  }

  private Warehouse open(String settings) {
    return Warehouse.open(runs.tables(settings));
  }
}
