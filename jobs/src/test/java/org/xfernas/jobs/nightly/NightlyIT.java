package org.xfernas.jobs.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.io.FileUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.nightly.NightlyRuns.Outcome;
import org.xfernas.jobs.report.Browser;
import org.xfernas.jobs.reporting.ReportJob;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.jobs.table.SearchesTable.Row;
import org.xfernas.jobs.table.SearchesTable.State;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;
import org.xfernas.search.trial.Trial;

class NightlyIT {
  private static final String BAYESIAN =
      "xfernas.search { optimizer { type = bayesian, transfer = default, shadow = false }, budget.evaluations = 2 }";

  @TempDir Path directory;
  private NightlyRuns runs;

  @BeforeEach
  void writeTable() throws IOException {
    runs = new NightlyRuns(directory);
  }

  private static Clock later(Duration time) {
    return Clock.offset(Clock.systemUTC(), time);
  }

  private static List<Row> searches(Warehouse warehouse) {
    return new SearchesTable(warehouse)
        .all().stream().filter(row -> row.searchId().startsWith("nightly-")).toList();
  }

  private static List<Row> searches(String settings) {
    try (Warehouse warehouse = NightlyRuns.open(settings)) {
      return searches(warehouse);
    }
  }

  private static List<Trial> trials(Warehouse warehouse, Row search) {
    return RecordedSearch.read(warehouse, search.searchId(), NightlyRuns.SPACE).trials();
  }

  /** What was evaluated on each task, in order. */
  private static Map<String, List<String>> found(String settings) {
    Map<String, List<String>> found = new LinkedHashMap<>();
    try (Warehouse warehouse = NightlyRuns.open(settings)) {
      for (Row search : searches(warehouse)) {
        assertThat(search.state()).as(search.searchId()).isEqualTo(State.FINISHED);
        List<Trial> trials = trials(warehouse, search);
        assertThat(trials)
            .extracting(trial -> trial.proposal().number())
            .containsExactlyElementsOf(IntStream.rangeClosed(1, trials.size()).boxed().toList());
        assertThat(
                found.put(
                    search.searchId().substring(0, "nightly-a".length()),
                    trials.stream().map(trial -> trial.proposal().architecture().text()).toList()))
            .as("an earlier search on the task")
            .isNull();
      }
    }
    return found;
  }

  @Test
  void aNightThatIsKilledIsFinishedByTheNext() throws Exception {
    killAndGoOn(1, 3);
  }

  @Test
  @Tag("acceptance")
  void aNightThatIsKilledFiveTimesIsFinishedByTheNext() throws Exception {
    killAndGoOn(5, 25);
  }

  private void killAndGoOn(int kills, int evaluations) throws Exception {
    String budget = "xfernas.search.budget.evaluations = " + evaluations;
    String undisturbed =
        runs.settings(budget, "xfernas.tables.warehouse = \"%s/undisturbed\"".formatted(directory));
    assertThat(NightlyRuns.night(undisturbed).result().exitCode()).isEqualTo(ExitCode.DONE);

    String settings = runs.settings(budget);
    Random random = new Random(kills);
    for (int kill = 1; kill <= kills; kill++) {
      Process night = runs.start(settings);
      int until = kill * 3 * evaluations / (kills + 1);
      await().atMost(Duration.ofMinutes(5)).until(() -> recorded(settings) >= until);
      TimeUnit.MILLISECONDS.sleep(random.nextInt(300));
      night.destroyForcibly().waitFor();
      assertThat(night.exitValue()).as(Files.readString(runs.output())).isEqualTo(137);
    }
    Outcome last = NightlyRuns.night(settings);
    assertThat(last.result().exitCode()).as(last.err()).isEqualTo(ExitCode.DONE);
    assertThat(found(settings)).hasSize(3).isEqualTo(found(undisturbed));

    Outcome after = NightlyRuns.night(settings);
    assertThat(after.searches()).isEmpty();
    assertThat(after.summary().get("not_due")).hasSize(3);
  }

  private static int recorded(String settings) {
    try (Warehouse warehouse = NightlyRuns.open(settings)) {
      return searches(warehouse).stream().mapToInt(row -> trials(warehouse, row).size()).sum();
    }
  }

  @Test
  void whatIsNewIsSearchedOnWithAllThatIsKnown() throws Exception {
    String settings = runs.settings(BAYESIAN);
    assertThat(NightlyRuns.night(settings).searches("why"))
        .containsExactly(
            "a, it was never searched on",
            "b, it was never searched on",
            "c, it was never searched on");
    assertThat(NightlyRuns.night(settings).searches())
        .as("the tasks of the list do not make each other due")
        .isEmpty();
    runs.searchByHand(settings, "elsewhere");
    assertThat(NightlyRuns.night(settings, Clock.systemUTC(), "c").searches("why"))
        .containsExactly("c, it has new sources: elsewhere");
    assertThat(NightlyRuns.night(settings, Clock.systemUTC(), "c").searches()).isEmpty();
    String other = runs.settings(BAYESIAN, "xfernas.nightly.tasks.c.search.seed = 2");
    assertThat(NightlyRuns.night(other, Clock.systemUTC(), "c").searches("why"))
        .containsExactly("c, it has other settings");
    assertThat(NightlyRuns.night(settings, later(Duration.ofDays(8)), "b").searches("state"))
        .containsExactly("b, finished");

    try (Warehouse warehouse = NightlyRuns.open(settings)) {
      assertThat(new SearchesTable(warehouse).find("nightly").orElseThrow().state())
          .isEqualTo(State.FINISHED);
      assertThat(searches(warehouse))
          .filteredOn(row -> row.searchId().startsWith("nightly-c-"))
          .allSatisfy(
              row ->
                  assertThat(row.knowledge().sources())
                      .extracting(source -> source.task())
                      .contains("a", "b"));
    }
  }

  @Test
  void aNightKeepsToItsGpuTimeAndTheNextGoesOn() throws Exception {
    String settings = runs.settings("xfernas.nightly.gpu-time = 60s");
    Outcome first = NightlyRuns.night(settings);
    assertThat(first.result().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(first.searches("state", "gpu_seconds"))
        .containsExactly("a, finished, 40.0", "b, stopped, 20.0", "c, not started, 0.0");
    JsonNode stopped = first.summary().get("searches").get(1).get("found");
    assertThat(stopped.get("before").isNull()).isTrue();
    assertThat(stopped.get("evaluations").asInt()).isEqualTo(2);
    assertLinked(Path.of(first.summary().get("report").asText()), 2);
    assertThat(NightlyRuns.status(settings, "nightly"))
        .contains("night nightly: finished")
        .contains("1 of 3 searches finished")
        .containsPattern(", since [-0-9]+T[0-9]{2}:[0-9]{2}:[0-9]{2}Z, ")
        .contains("  b: stopped (it was never searched on): the GPU time of the night was used")
        .contains(
            "  c: not started (it was never searched on): the GPU time of the night was used");

    Outcome second = NightlyRuns.night(settings);
    assertThat(second.searches("state", "gpu_seconds"))
        .containsExactly("b, finished, 20.0", "c, finished, 40.0");
    assertThat(second.summary().get("searches").get(0).get("found").get("before"))
        .isEqualTo(stopped.get("after"));
    assertThat(second.result().summary()).isEqualTo(directory.resolve("runs/nightly/summary.json"));
    List<Path> nights = nights();
    assertThat(nights).hasSize(2);
    JsonNode kept = new ObjectMapper().readTree(nights.get(0).resolve("summary.json").toFile());
    assertThat(kept.get("searches").get(0).get("search_id").asText())
        .as("the time of the night is that of its searches")
        .isEqualTo("nightly-a-" + nights.get(0).getFileName());
    assertThat(kept.get("provenance").get("configuration").asText())
        .contains("\"gpu-time\":\"60s\"")
        .doesNotContain("warehouse");
    assertThat(Files.readString(nights.get(0).resolve("summary.json")))
        .contains("the GPU time of the night was used", "\"not started\"");
    assertThat(Files.readString(nights.get(1).resolve("summary.json")))
        .contains("it is unfinished")
        .doesNotContain("\"not started\"");
    for (Path night : nights) {
      assertLinked(night.resolve("report.html"), 2);
    }
    String again = NightlyRuns.run(new ReportJob(), settings, "nightly");
    Path page = Path.of(again.strip().substring("report: ".length()));
    assertLinked(page, 2);
    assertThat(Files.readString(page))
        .contains("60.0 s of 60.0 s (100 %)")
        .contains("it is unfinished")
        .contains("<strong>a</strong>: nothing is new since");
    assertDrawn(page, 2);
    assertThat(found(settings).values()).allSatisfy(trials -> assertThat(trials).hasSize(4));
  }

  @Test
  void aNightKeepsToItsGpuTimeInTheChoiceAtTheEnd() throws Exception {
    String settings =
        runs.settings(
            "xfernas { search.choice { candidates = 2, metric = b }, nightly.gpu-time = 30s }");
    for (String night : List.of("a, stopped, 30.0", "a, finished, 10.0")) {
      Outcome outcome = NightlyRuns.night(settings, Clock.systemUTC(), "a");
      assertThat(outcome.result().exitCode()).isEqualTo(ExitCode.DONE);
      assertThat(outcome.searches("state", "gpu_seconds")).containsExactly(night);
    }
  }

  @Test
  void anUnfinishedSearchIsLeftWhereItsSourcesAreOthers() throws Exception {
    Path source = directory.resolve("source.csv");
    String row = "x,\"{\"\"type\"\":\"\"edge-cell\"\"}\",%s,%d\n";
    String header = "task,space,architecture,validation_accuracy\n";
    String one = header + row.formatted(NightlyRuns.SPACE.decode(new int[] {0, 1, 2}).text(), 90);
    String two = one + row.formatted(NightlyRuns.SPACE.decode(new int[] {1, 1, 2}).text(), 80);
    Files.writeString(source, one);
    String settings =
        runs.settings(
            "xfernas.search { optimizer.transfer = default, sources = [{ task = x, path = \"%s\" }] }"
                .formatted(source),
            "xfernas.nightly.gpu-time = 20s");
    assertThat(NightlyRuns.night(settings, Clock.systemUTC(), "a").searches("why", "state"))
        .containsExactly("a, it was never searched on, stopped");
    String left = searches(settings).get(0).searchId();

    Files.writeString(source, two);
    Outcome second = NightlyRuns.night(settings, Clock.systemUTC(), "a");
    assertThat(second.result().exitCode()).isEqualTo(ExitCode.DONE);
    assertThat(second.err()).contains("the search %s is left unfinished".formatted(left));
    assertThat(second.searches("why", "state")).containsExactly("a, it has other sources, stopped");
    assertThat(searches(settings)).hasSize(2);

    Files.writeString(source, header);
    Outcome broken = NightlyRuns.night(settings, Clock.systemUTC(), "a");
    assertThat(broken.result().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(broken.searches("why", "state")).containsExactly("a, it is unfinished, stopped");
    assertThat(broken.searches("failure").get(0)).contains("the file has no row of the task");
    Files.writeString(source, two);
    assertThat(NightlyRuns.night(settings, Clock.systemUTC(), "a").searches("why", "state"))
        .containsExactly("a, it is unfinished, finished");
  }

  /** The first night is a process of its own, as each process reads the images once. */
  @Test
  void anUnfinishedSearchIsLeftWhereItsImagesAreOthers() throws Exception {
    Path images = directory.resolve("images");
    FileUtils.copyDirectory(new File("../data/fashion-mnist-subset"), images.toFile());
    String settings =
        runs.settings(
            """
            xfernas { search { space = null, evaluator = null }, nightly.tasks = null }
            xfernas {
              search {
                space = { type = block-cell, blocks = 1, operations = [identity, conv_1x1], output = unused }
                evaluator = { type = train }
                budget.evaluations = 3
              }
              nightly { tasks = { a {} }, gpu-time = 1ms }
              data { dir = "%s", split { training-limit = 64, validation-limit = 64, test-limit = 64 } }
              network { filters = 2, repeats = 1 }
              trial { fidelity.epochs = 1, protocol.batch-size = 64 }
              worker { heap = 256m, off-heap = 1g, resident-limit = 1g }
            }
            """
                .formatted(images));
    Process first = runs.start(settings, "--master", "local[2]");
    assertThat(first.waitFor()).as(Files.readString(runs.output())).isZero();
    turnLabels(images.resolve("train-labels-idx1-ubyte.gz"));

    Outcome second = NightlyRuns.night(settings);
    assertThat(second.searches("why", "state")).containsExactly("a, its data are new, stopped");
    try (Warehouse warehouse = NightlyRuns.open(settings)) {
      List<Set<KnowledgeUnit>> units =
          searches(warehouse).stream()
              .map(search -> new TrialsTable(warehouse).unitsOf(search.searchId()))
              .toList();
      assertThat(units)
          .hasSize(2)
          .doesNotHaveDuplicates()
          .allSatisfy(of -> assertThat(of).hasSize(1));
    }
  }

  /** Every image is of the next class. */
  private static void turnLabels(Path file) throws IOException {
    byte[] labels;
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      labels = in.readAllBytes();
    }
    int header = 8;
    for (int i = header; i < labels.length; i++) {
      labels[i] = (byte) ((labels[i] + 1) % 10);
    }
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(labels);
    }
  }

  /** What is kept of each night, in their order. */
  private List<Path> nights() throws IOException {
    try (Stream<Path> kept = Files.list(directory.resolve("runs/nightly"))) {
      return kept.filter(Files::isDirectory).sorted().toList();
    }
  }

  /** A browser draws a bar and a row of each search of a night. */
  private void assertDrawn(Path page, int searches) throws Exception {
    Optional<Path> chromium = Browser.chromium();
    if (chromium.isEmpty()) {
      return;
    }
    try (Browser browser = Browser.open(chromium.get(), page, directory)) {
      assertThat(
              browser
                  .evaluate(
                      "['#costs .mark-rect.role-mark path', '#progress .mark-symbol.role-mark'].map(marks => document.querySelectorAll(marks).length).join(' ')")
                  .asText())
          .isEqualTo("%1$d %1$d".formatted(searches));
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** The page of a night leads to the pages of its searches. */
  private static void assertLinked(Path page, int searches) throws IOException {
    List<Path> links =
        Pattern.compile("<a href=\"([^\"]+/report\\.html)\"")
            .matcher(Files.readString(page))
            .results()
            .map(link -> page.resolveSibling(link.group(1)))
            .toList();
    assertThat(links).hasSize(searches).allSatisfy(link -> assertThat(link).isRegularFile());
  }

  @Test
  void twoNightsNeverOverlap() throws Exception {
    String settings = runs.settings();
    try (Warehouse warehouse = NightlyRuns.open(settings);
        SearchLease lease = lease(warehouse, NightRow.EMPTY, Clock.systemUTC())) {
      String expires =
          new SearchesTable(warehouse)
              .find("nightly")
              .orElseThrow()
              .lease()
              .orElseThrow()
              .expires()
              .toString();
      assertThat(NightlyRuns.status(settings))
          .startsWith("night nightly: running by process " + ProcessHandle.current().pid())
          .contains("lease until " + expires);
      assertThatThrownBy(() -> NightlyRuns.night(settings))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("Cannot start the night: another one is under way, process ")
          .hasMessageContaining("whose lease expires at " + expires);
    }
  }

  @Test
  void aLeaseThatExpiredIsTakenOver() throws Exception {
    String settings = runs.settings();
    try (Warehouse warehouse = NightlyRuns.open(settings);
        SearchLease expired = lease(warehouse, NightRow.EMPTY, later(Duration.ofHours(-1)))) {
      assertThat(NightlyRuns.status(settings)).startsWith("night nightly: interrupted");
      assertThat(NightlyRuns.night(settings, Clock.systemUTC(), "a").searches("state"))
          .containsExactly("a, finished");
    }
    assertThat(NightlyRuns.status(settings)).startsWith("night nightly: finished");
  }

  @Test
  void aSearchKeepsItsNameToItself() {
    String settings = runs.settings();
    try (Warehouse warehouse = NightlyRuns.open(settings)) {
      lease(warehouse, "{}", Clock.systemUTC()).release(State.FINISHED);
    }
    assertThatThrownBy(() -> NightlyRuns.night(settings))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is a search of this name");
  }

  private static SearchLease lease(Warehouse warehouse, String configuration, Clock clock) {
    return SearchLease.acquire(
        warehouse,
        "nightly",
        Optional.empty(),
        configuration,
        Knowledge.NONE,
        Duration.ofMinutes(2),
        clock);
  }

  @Test
  void aClockThatWentBackIsNoticed() throws Exception {
    String settings = runs.settings();
    NightlyRuns.night(settings, Clock.systemUTC(), "a");
    List<Row> before = searches(settings);
    for (Duration back : List.of(Duration.ofDays(-1), Duration.ofMinutes(-1))) {
      assertThatThrownBy(() -> NightlyRuns.night(settings, later(back)))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("Cannot start the night: the clock says ")
          .hasMessageContaining("had its last sign of life at ")
          .hasMessageContaining("set the clock right, or, where it was wrong then, wait until that")
          .hasMessageContaining("xfernas.tables.warehouse");
    }
    assertThat(searches(settings)).as("what there is").isEqualTo(before);
  }

  @Test
  void aSearchThatFailsLeavesTheOthersTheirNight() throws Exception {
    Path table = Files.writeString(directory.resolve("broken.csv"), "arch,a,seconds\n|conv~0|\n");
    String broken = "xfernas.nightly.tasks.a.search.evaluator.path = \"%s\"".formatted(table);
    Outcome outcome = NightlyRuns.night(runs.settings(broken));
    assertThat(outcome.result().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.searches("state"))
        .containsExactly("a, not started", "b, finished", "c, finished");
    JsonNode failure = outcome.summary().get("searches").get(0).get("failure");
    assertThat(failure.asText()).contains("broken.csv");
  }
}
