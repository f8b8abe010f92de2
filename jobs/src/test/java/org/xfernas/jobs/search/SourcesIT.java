package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.search.SearchRuns.Outcome;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Reused;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TransferShares.Source;

/** Searches that learn from others; replay, for one sees at once what it learnt. */
class SourcesIT {
  private static final String REPLAY =
      "xfernas.search { task = others, optimizer { type = replay, transfer = default } }";

  private static final Predicate<String> RANDOM = reason -> reason.startsWith("random");

  @TempDir Path directory;
  private SearchRuns runs;

  @BeforeEach
  void writeTable() throws IOException {
    runs = new SearchRuns(directory);
  }

  private List<String> proposals(String searchId) {
    return runs.recorded(searchId).proposals().stream()
        .map(proposal -> proposal.architecture().text())
        .toList();
  }

  private SearchesTable.Row row(String searchId) {
    try (Warehouse warehouse = Warehouse.open(runs.tables(runs.settings(searchId)))) {
      return new SearchesTable(warehouse).find(searchId).orElseThrow();
    }
  }

  @Test
  void aFinishedTargetIsASourceOfTheNextSearch() throws Exception {
    JsonNode first = runs.search(runs.settings("a")).summary();
    assertThat(first.get("source_snapshot").isNull()).as("there was no trial yet").isTrue();
    assertThat(first.get("transfer").asText()).isEqualTo("process");
    assertThat(first.get("source_tasks")).isEmpty();

    Outcome second = runs.search(runs.settings("b", REPLAY));
    JsonNode source = second.summary().get("source_tasks").get(0);
    assertThat(second.summary().get("source_tasks")).hasSize(1);
    assertThat(source.get("task").asText()).isEqualTo("squares");
    assertThat(source.get("evaluations").asInt()).isEqualTo(8);
    assertThat(source.get("kept").asDouble()).isEqualTo(1);
    assertThat(second.summary().get("source_snapshot").asLong())
        .isEqualTo(row("b").knowledge().snapshot().orElseThrow());
    assertThat(second.summary().get("trajectory").get(0).get("architecture"))
        .as("the best of the first search")
        .isEqualTo(first.get("best").get("architecture"));
    assertThat(second.err()).contains("source squares: 8 evaluations");
  }

  @Test
  void theSourcesWorthAndTheShadowAreRecordedWithEachProposal() throws Exception {
    runs.search(runs.settings("a", "xfernas.search.budget.evaluations = 20"));
    String bayesian = "xfernas.search { task = others, optimizer.type = bayesian }";
    JsonNode summary = runs.search(runs.settings("b", bayesian)).summary();
    JsonNode source = summary.get("source_tasks").get(0);

    List<Proposal> proposals = runs.recorded("b").proposals();
    assertThat(proposals).allMatch(proposal -> proposal.explanation().shadow().isPresent());
    List<Source> worth =
        proposals.stream()
            .flatMap(proposal -> proposal.explanation().transfer().stream())
            .flatMap(shares -> shares.sources().stream())
            .toList();
    assertThat(worth).isNotEmpty().allMatch(one -> one.task().equals("squares"));
    Source last = worth.get(worth.size() - 1);
    assertThat(source.get("similarity").asDouble()).isEqualTo(last.similarity());
    assertThat(source.get("weight").asDouble()).isEqualTo(last.weight());
    assertThat(summary.has("hand_over")).isTrue();
  }

  @Test
  void aSearchThatGoesOnReadsTheTableAsItWasWhenItStarted() throws Exception {
    runs.search(runs.settings("a"));
    String budget = "xfernas.search.budget.evaluations = 16";
    runs.search(runs.settings("undisturbed", REPLAY, budget));
    String settings = runs.settings("killed", REPLAY, budget);
    Process driver = runs.start(settings);
    await().atMost(Duration.ofMinutes(2)).until(() -> !proposals("killed").isEmpty());
    driver.destroyForcibly().waitFor();
    assertThat(proposals("killed").size()).isLessThan(16);
    long snapshot = row("killed").knowledge().snapshot().orElseThrow();
    runs.search(runs.settings("b", "xfernas.search { task = third, seed = 5 }"));

    JsonNode resumed = runs.search(settings).summary();
    assertThat(proposals("killed")).isEqualTo(proposals("undisturbed"));
    assertThat(resumed.get("source_snapshot").asLong()).isEqualTo(snapshot);
    assertThat(tasks(resumed)).containsExactly("squares");
    JsonNode later =
        runs.search(runs.settings("later", REPLAY, "xfernas.search.task = d")).summary();
    assertThat(tasks(later)).containsExactly("others", "squares", "third");
  }

  @Test
  void aSearchIsDoneAgainFromTheSnapshotThatItRead() throws Exception {
    runs.search(runs.settings("a"));
    JsonNode first = runs.search(runs.settings("b", REPLAY)).summary();
    runs.search(runs.settings("c", "xfernas.search { task = third, seed = 5 }"));
    String snapshot = "xfernas.search.snapshot = ";
    JsonNode again =
        runs.search(
                runs.settings("b-again", REPLAY, snapshot + first.get("source_snapshot").asLong()))
            .summary();

    assertThat(proposals("b-again")).isEqualTo(proposals("b"));
    assertThat(again.get("source_snapshot")).isEqualTo(first.get("source_snapshot"));
    assertThat(again.get("source_tasks")).isEqualTo(first.get("source_tasks"));
    assertThatThrownBy(() -> runs.search(runs.settings("d", REPLAY, snapshot + 7)))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("xfernas.search.snapshot: Cannot read the table ")
        .hasMessageEndingWith(
            "this version is no longer kept (snapshot=7); leave it out to read the table as it is now");
  }

  @Test
  void aSearchThatFoundNoTrialIsDoneAgainWithoutAny() throws Exception {
    String bayesian = "xfernas.search { optimizer.type = bayesian, budget.evaluations = 12 }";
    runs.search(runs.settings("a", bayesian));
    runs.search(runs.settings("b", "xfernas.search { task = others, seed = 5 }"));
    JsonNode again =
        runs.search(runs.settings("a-again", bayesian, "xfernas.search.snapshot = none")).summary();
    assertThat(again.get("source_tasks")).isEmpty();
    assertThat(again.get("source_snapshot").isNull()).isTrue();
    assertThat(proposals("a-again")).isEqualTo(proposals("a"));
    assertThatThrownBy(
            () -> runs.search(runs.settings("c", bayesian, "xfernas.search.snapshot = nothing")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.snapshot = \"nothing\"")
        .hasMessageContaining(
            "must be the number of a version, or none for the table before its first row");
  }

  private static List<String> tasks(JsonNode summary) {
    List<String> tasks = new ArrayList<>();
    summary.get("source_tasks").forEach(source -> tasks.add(source.get("task").asText()));
    return tasks;
  }

  @Test
  void withReuseEarlierTrialsOfTheSameUnitAreTheSearchsOwn() throws Exception {
    runs.search(runs.settings("a"));
    String other = "xfernas.search { seed = 2, budget.evaluations = 4 }";
    runs.search(runs.settings("fresh", other));
    Outcome again = runs.search(runs.settings("b", other, "xfernas.search.reuse = true"));
    assertThat(reasons("fresh")).as("the population starts at random").allMatch(RANDOM);
    assertThat(reasons("b")).as("the population is there already").noneMatch(RANDOM);
    assertThat(again.summary().get("source_tasks")).isEmpty();
    assertThat(again.summary().get("evaluations").asInt()).isEqualTo(4);
    assertThat(row("fresh").knowledge().reused()).contains(Reused.NOTHING);
    assertThat(row("b").knowledge().reused())
        .as("8 and 4 trials of 10 seconds")
        .contains(new Reused(12, 120));
  }

  private List<String> reasons(String searchId) {
    return runs.recorded(searchId).proposals().stream()
        .map(proposal -> proposal.explanation().reason())
        .toList();
  }

  @Test
  void sourcesAreDrawnFromTheEvaluatorsTableOrReadFromFiles() throws Exception {
    String best = best(true);
    Path csv = directory.resolve("other.csv");
    Files.writeString(
        csv,
        """
        task,space,architecture,validation_accuracy
        x,"{""type"":""edge-cell""}",%s,91.5
        x,"{""type"":""edge-cell""}",|other~0|+|zero~0|zero~1|+|zero~0|zero~1|zero~2|,12
        x,"{""type"":""edge-cell""}",%s,30.5
        y,"{""type"":""block-cell""}",something else,99
        """
            .formatted(best, best(false)));
    Outcome outcome =
        runs.search(
            runs.settings(
                "a",
                REPLAY,
                """
                xfernas.search.sources = [
                  { task = drawn, evaluations = 700, metric = test },
                  { task = x, path = "%s" }
                ]
                """
                    .formatted(csv)));
    JsonNode sources = outcome.summary().get("source_tasks");
    assertThat(tasks(outcome.summary())).containsExactly("drawn", "x");
    assertThat(sources.get(0).get("evaluations").asInt()).isEqualTo(700);
    assertThat(sources.get(1).get("evaluations").asInt()).isEqualTo(2);
    assertThat(sources.get(1).get("kept").asDouble()).isEqualTo(2 / 3.0);
    assertThat(outcome.err())
        .contains("source x: 66.7 % of its results fit the space and are kept");
    runs.search(
        runs.settings(
            "c", REPLAY, "xfernas.search.sources = [{ task = x, path = \"%s\" }]".formatted(csv)));
    assertThat(proposals("c").get(0)).isEqualTo(best);

    assertThatThrownBy(
            () ->
                runs.search(
                    runs.settings(
                        "b",
                        REPLAY,
                        "xfernas.search.sources = [{ task = y, path = \"%s\" }]".formatted(csv))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("its space is another type than edge-cell");
  }

  /** The best architecture of the table, or the worst. */
  private String best(boolean first) {
    return runs.texts().stream()
        .max(Comparator.comparingDouble(text -> first ? runs.value(text) : -runs.value(text)))
        .orElseThrow();
  }
}
