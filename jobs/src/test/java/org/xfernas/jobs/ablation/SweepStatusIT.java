package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.Job;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.reporting.ReportJob;
import org.xfernas.jobs.status.StatusJob;
import org.xfernas.jobs.table.SearchLease;
import org.xfernas.jobs.table.SearchesTable;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.Warehouse;

/** What other jobs know of a sweep. */
class SweepStatusIT {
  @TempDir Path directory;
  private Config config;

  @BeforeEach
  void writeTable() throws Exception {
    new SweepFixture().write(directory.resolve("table.csv"));
    config = config("[random]");
  }

  private Config config(String optimizers) {
    return SweepFixture.config(
        directory,
        "xfernas.output = \"%s/runs\"".formatted(directory),
        "xfernas.ablation.grid { optimizer = %s, transfer = [none], seeds = 2 }"
            .formatted(optimizers));
  }

  private record Said(String out, JsonNode summary) {}

  private Said run(Job job, String... arguments) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
        PrintStream nowhere = new PrintStream(PrintStream.nullOutputStream())) {
      JobResult result =
          job.run(
              new JobContext(
                  List.of(arguments),
                  config,
                  Optional.of("local[2]"),
                  stream,
                  nowhere,
                  Clock.systemUTC()));
      return new Said(
          out.toString(StandardCharsets.UTF_8),
          new ObjectMapper().readTree(result.summary().toFile()));
    }
  }

  @Test
  void aSweepIsShownAndItsReportMadeAgain() throws Exception {
    String id = run(new AblationJob()).summary().get("sweep_id").asText();

    Said status = run(new StatusJob(), id);
    assertThat(status.out())
        .startsWith("sweep %s: finished, 6 of 6 cells done, since ".formatted(id))
        .endsWith("output %s/sweep%n".formatted(directory));
    assertThat(status.summary().get("sweeps").get(0).get("kind").asText()).isEqualTo("search");
    assertThat(run(new StatusJob()).out()).isEqualTo(status.out());

    Path again = Path.of(run(new ReportJob(), id).summary().get("report").asText());
    assertThat(again).isEqualTo(directory.resolve("runs/report/" + id + "/report.html"));
    assertThat(Files.readString(again))
        .isEqualTo(Files.readString(directory.resolve("sweep/report.html")))
        .contains("Seconds that the optimizer took in a whole search, mean over the seeds")
        .contains(
            "Swept over %1$s/table.csv (SHA-256 %2$s)"
                .formatted(directory, TableFile.sha256(directory.resolve("table.csv"))))
        .contains("\"optimizer\":[\"random\"]")
        .contains("\"surrogate\":\"process\"");
    assertThatThrownBy(() -> run(new ReportJob(), id, id + "0"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("only searches are shown side by side")
        .hasMessageContaining("there is no such search, sweep or night (did you mean " + id);
  }

  @Test
  void aSweepThatIsUnderWayIsShownAndNotRunTwice() throws Exception {
    AblationSections sections = Settings.read(config, AblationSections.class);
    try (Warehouse warehouse = Warehouse.open(sections.tables())) {
      String id = SweepId.of(config, OptionalLong.empty());
      String row = SweepRow.of(config, sections.ablation(), 6, OptionalLong.empty()).text();
      try (SearchLease lease =
          SearchLease.acquire(
              warehouse,
              id,
              Optional.empty(),
              row,
              SearchesTable.Knowledge.NONE,
              Duration.ofMinutes(5),
              Clock.systemUTC())) {
        assertThat(run(new StatusJob(), id).out())
            .startsWith("sweep %s: running, 0 of 6 cells done".formatted(id));
        assertThatThrownBy(() -> run(new AblationJob()))
            .isInstanceOf(UsageException.class)
            .hasMessageContaining("Cannot run the sweep %s: another process does, ".formatted(id));
      }
    }
  }

  @Test
  void aSweepDoesNotGoOnWithAnotherContentOfItsFile() throws Exception {
    String id = run(new AblationJob()).summary().get("sweep_id").asText();
    Path table = directory.resolve("table.csv");
    String before = Files.readString(table);
    Files.writeString(table, before.substring(0, before.stripTrailing().lastIndexOf('\n') + 1));
    assertThatThrownBy(() -> run(new AblationJob()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "Cannot go on with the sweep %s: its table is no longer ".formatted(id))
        .hasMessageContaining("xfernas.ablation.restart")
        .hasMessageContaining("(file=%s, ".formatted(table));

    Config given = config;
    config = ConfigFactory.parseString("xfernas.ablation.restart = true").withFallback(given);
    run(new AblationJob());
    config = given;
    assertThat(run(new AblationJob()).summary().get("sweep_id").asText()).isEqualTo(id);

    Files.writeString(table, before);
    assertThatThrownBy(() -> run(new AblationJob())).hasMessageContaining("Cannot go on with");
    forgetHash(id);
    assertThat(run(new AblationJob()).summary().get("sweep_id").asText())
        .as("the row of an older sweep does not tell")
        .isEqualTo(id);
  }

  private void forgetHash(String id) {
    try (Warehouse warehouse =
        Warehouse.open(Settings.read(config, AblationSections.class).tables())) {
      Optional<SearchesTable.Row> known = new SearchesTable(warehouse).find(id);
      SweepRow row = SweepRow.read(known.orElseThrow());
      try (SearchLease lease =
          SearchLease.acquire(
              warehouse,
              id,
              known,
              row.text(),
              SearchesTable.Knowledge.NONE,
              Duration.ofMinutes(5),
              Clock.systemUTC())) {
        lease.describe(
            new SweepRow(
                    row.kind(), row.cells(), row.output(), Optional.empty(), row.configuration())
                .text());
        lease.release(SearchesTable.State.FINISHED);
      }
    }
  }

  @Test
  void hostileNamesAreRefused() {
    for (String name : List.of("../../x", "a;b", "a'b", "a b")) {
      Config hostile =
          ConfigFactory.parseString(
                  "xfernas.ablation.tasks { \"%s\" { metric = up_val } }".formatted(name))
              .withFallback(config)
              .resolve();
      assertThatThrownBy(() -> Settings.read(hostile, AblationSections.class))
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("xfernas.ablation.tasks.")
          .hasMessageContaining("must consist of letters, digits");
    }
  }
}
