package org.xfernas.jobs.status;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Execution;
import org.xfernas.search.trial.TrialResult.Place;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

class StatusJobIT {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");
  private static final Clock CLOCK = Clock.systemUTC();
  private static final SearchSpace SPACE = new EdgeCellSpace(2, List.of("conv", "pool"));
  private static final String CONFIGURATION =
      """
      {"search": {
        "task": "images", "budget": {"evaluations": 10}, "evaluator": {"type": "train"},
        "space": {"type": "edge-cell", "nodes": 2, "operations": ["conv", "pool"]}}}
      """;

  @TempDir Path directory;

  private Config config() {
    String text =
        "xfernas { tables.warehouse = \"%s/warehouse\", output = \"%s/runs\" }"
            .formatted(directory, directory);
    return ConfigFactory.parseString(text).withFallback(ConfigFactory.defaultReference()).resolve();
  }

  private record Tables(TablesSettings tables) {}

  private Warehouse open() {
    return Warehouse.open(Settings.read(config(), Tables.class).tables());
  }

  /** A search with 2 of 10 candidates finished, 1 failed and 2 pending. */
  private static SearchLease start(Warehouse warehouse, String searchId) {
    SearchLease lease =
        SearchLease.acquire(
            warehouse,
            searchId,
            Optional.empty(),
            CONFIGURATION,
            Knowledge.NONE,
            Duration.ofMinutes(5),
            CLOCK);
    KnowledgeUnit unit =
        new KnowledgeUnit(
            "images",
            Optional.empty(),
            "{}",
            Optional.empty(),
            Optional.empty(),
            Objective.VALIDATION_ACCURACY);
    TablesJournal journal = new TablesJournal(warehouse, searchId, SPACE, unit, lease, CLOCK);
    List<Proposal> proposals = List.of(1, 2, 3, 4, 5).stream().map(StatusJobIT::proposal).toList();
    journal.propose(proposals);
    journal.record(
        List.of(
            trial(proposals.get(0), OptionalDouble.of(61.5), 0),
            trial(proposals.get(1), OptionalDouble.of(72.25), 30),
            trial(proposals.get(2), OptionalDouble.empty(), 60)));
    return lease;
  }

  private static Proposal proposal(int number) {
    EdgeCell cell = new EdgeCell(2, List.of(number % 2 == 0 ? "pool" : "conv"));
    return new Proposal(
        number,
        cell,
        SPACE.id(cell),
        number,
        new Basis(List.of(), List.of()),
        Explanation.of("random draw"),
        0);
  }

  /** Takes 30 seconds, one after the other. */
  private static Trial trial(Proposal proposal, OptionalDouble accuracy, int second) {
    Execution execution =
        new Execution(
            START.plusSeconds(second),
            START.plusSeconds(second + 30),
            0,
            30,
            100,
            new Place("host", "driver", "cpu", Map.of()));
    Optional<Failure> failure =
        accuracy.isPresent()
            ? Optional.empty()
            : Optional.of(new Failure(Failure.Kind.DEADLINE, "it took too long"));
    Scores scores = new Scores(accuracy, OptionalDouble.empty(), Map.of());
    return new Trial(
        proposal, new TrialResult(failure, scores, List.of(), Size.UNKNOWN, execution));
  }

  private record Shown(String out, JsonNode summary) {}

  private Shown status(String... arguments) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    JobContext context =
        new JobContext(List.of(arguments), config(), Optional.empty(), stream, System.err, CLOCK);
    JobResult result = new StatusJob().run(context);
    return new Shown(
        out.toString(StandardCharsets.UTF_8),
        new ObjectMapper().readTree(result.summary().toFile()));
  }

  @Test
  void aRunningSearchIsShownWithItsCandidatesByState() throws IOException {
    try (Warehouse warehouse = open()) {
      SearchLease lease = start(warehouse, "a");
      // 3 of 10 took 90 seconds.
      assertThat(status("a").out())
          .isEqualTo(
              """
              a: running, 5 waiting, 2 running, 2 finished, 1 failed, best 72.25, time left 3m 30s
              best: |pool~0|
              """);
      lease.release(State.STOPPED);
      assertThat(status("a").out())
          .startsWith("a: stopped, 7 waiting, 0 running, 2 finished, 1 failed, best 72.25");
    }
  }

  @Test
  void withoutAnIdAllSearchesAreListed() throws IOException {
    try (Warehouse warehouse = open()) {
      start(warehouse, "a").release(State.FAILED);
      start(warehouse, "b").release(State.FINISHED);
    }
    Shown shown = status();
    assertThat(shown.out().lines())
        .satisfiesExactly(
            line -> assertThat(line).startsWith("b: finished, 2 waiting"),
            line -> assertThat(line).startsWith("a: failed, 7 waiting"));
    JsonNode first = shown.summary().get("searches").get(0);
    assertThat(first.get("search_id").asText()).isEqualTo("b");
    assertThat(first.get("best_validation_accuracy").asDouble()).isEqualTo(72.25);
    assertThat(first.get("seconds_left").isNull()).isTrue();
  }

  @Test
  void whereThereIsNoTableThereIsNoSearch() throws IOException {
    assertThat(status().out()).startsWith("no search yet in " + directory.resolve("warehouse"));
    assertThat(directory.resolve("warehouse")).doesNotExist();
  }

  @Test
  void anUnknownSearchNamesTheNearest() {
    try (Warehouse warehouse = open()) {
      start(warehouse, "fashion").release(State.FINISHED);
    }
    assertThatThrownBy(() -> status("fashoin"))
        .isInstanceOf(UsageException.class)
        .hasMessage(
            "Cannot show the status of fashoin: there is no such search, sweep or night (did you mean fashion?); status without an id lists all");
  }
}
