package org.xfernas.jobs.exchange;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.InstanceOfAssertFactories.list;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.ImportsTable;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.jobs.table.TrialsTable;
import org.xfernas.jobs.table.Warehouse;

/** What is refused, in files of CSV, for which no Spark is started. */
class ImportJobIT {
  private static final String HEADER =
      "task,space,architecture,validation_accuracy,status,epochs,data_fraction\n";

  private static final String SPACE =
      "\"{\"\"type\"\":\"\"edge-cell\"\",\"\"nodes\"\":3,\"\"operations\"\":[\"\"conv\"\",\"\"pool\"\"]}\"";

  private static final String GOOD =
      "digits,%s,|conv~0|+|pool~0|conv~1|,91.5,,,\n".formatted(SPACE);

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir Path directory;

  @Test
  void everyBadCellIsNamedWithItsLineAndColumnAndNothingIsImported() throws IOException {
    Path file =
        file(
            GOOD,
            "../../x,%s,|conv~0|+|pool~0|conv~1|,high,,,\n".formatted(SPACE),
            "digits,%s,|conv~0|+|skip~0|conv~1|,1,,0,\n".formatted(SPACE),
            "digits,{},|conv~0|+|pool~0|conv~1|,1,lost,1,2\n",
            ",%s,|conv~0|+|pool~0|conv~1|,,completed,,\n".formatted(SPACE),
            GOOD.replace("91.5,", "91.5,failed"));
    Path other = Files.writeString(directory.resolve("good.csv"), HEADER + GOOD);
    assertThatThrownBy(() -> run(other, file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"../../x\" has others than letters, digits, . _ -")
        .hasMessageContaining("(FILE=%s, line=3, column=task)".formatted(file))
        .hasMessageContaining("\"high\" is no finite number (FILE=%s, line=3".formatted(file))
        .hasMessageContaining("line=4, column=architecture)")
        .hasMessageContaining("line=4, column=epochs)")
        .hasMessageContaining("\"{}\" declares no search space")
        .hasMessageContaining("line=5, column=space)")
        .hasMessageContaining("\"lost\" is none of completed, failed")
        .hasMessageContaining("\"2.0\" is not in (0, 1]")
        .hasMessageContaining("line=6, column=task)")
        .hasMessageContaining("line=6, column=validation_accuracy)")
        .hasMessageContaining(
            "\"91.5\" is there, and the trial has failed; leave the cell empty, or let its status be completed (FILE=%s, line=7, column=validation_accuracy)"
                .formatted(file));
    assertThat(snapshotIsThere()).isFalse();
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void furtherBadCellsAreCounted() throws IOException {
    String bad = GOOD.replace("91.5", "x");
    Path file = file(IntStream.range(0, 25).mapToObj(i -> bad).toArray(String[]::new));
    assertThatThrownBy(() -> run(file))
        .hasMessageContaining("line=21, column=validation_accuracy")
        .hasMessageEndingWith("5 further cells are wrong (FILE=%s)".formatted(file));
  }

  @Test
  void aTrialWithoutAValueHasFailed() throws IOException {
    run(file(GOOD, GOOD.replace("91.5", "")));
    try (Warehouse warehouse = Warehouse.open(sections().tables())) {
      TrialsTable trials = new TrialsTable(warehouse);
      assertThat(trials.units(trials.snapshot().orElseThrow()).values())
          .singleElement()
          .satisfies(
              results ->
                  assertThat(results)
                      .extracting(result -> result.value().isPresent())
                      .containsExactly(true, false));
    }
  }

  @Test
  void aManifestIsBelieved() throws IOException {
    Path file = file(GOOD);
    Path manifest = Manifest.path(file);
    Files.writeString(manifest, "{\"sha256\":\"00\",\"rows\":1}");
    assertThatThrownBy(() -> run(file))
        .hasMessageContaining("the file is not what its manifest describes")
        .hasMessageContaining("manifest=00");
    Files.writeString(manifest, "{\"rows\":2}");
    assertThatThrownBy(() -> run(file)).hasMessageContaining("rows=1, manifest=2");
    Files.writeString(manifest, "{");
    assertThatThrownBy(() -> run(file)).hasMessageContaining("the manifest is not JSON");
    assertThat(snapshotIsThere()).isFalse();
    Files.writeString(manifest, "{\"sha256\":\"%s\",\"rows\":1}".formatted(TableFile.sha256(file)));
    run(file);
    assertThat(snapshotIsThere()).isTrue();
  }

  @Test
  void aManifestThatSaysOtherThanTheRowsIsRefused() throws IOException {
    String header = HEADER.replace("\n", ",protocol\n");
    String trained = GOOD.replace(",,\n", ",12,,\"{\"\"lr\"\": 1}\"\n");
    Path file = Files.writeString(directory.resolve("trials.csv"), header + trained + trained);
    Path manifest = Manifest.path(file);
    Files.writeString(
        manifest,
        """
        {
          "spaces": ["{\\"type\\":\\"edge-cell\\",\\"nodes\\":4,\\"operations\\":[\\"conv\\",\\"pool\\"]}"],
          "protocols": [],
          "fidelities": [{"epochs": 12, "data_fraction": 0.5}]
        }
        """);
    String rows =
        "Cannot import: %%s of the manifest; correct the rows or the manifest, whichever is wrong (FILE=%s, line=2, column=%%s, manifest=%s)"
            .formatted(file, manifest);
    String missing =
        "Cannot import: %%s of the manifest, and no row has it; correct the rows or the manifest, whichever is wrong (FILE=%s, column=%%s, manifest=%s)"
            .formatted(file, manifest);
    String space = "{\"type\":\"edge-cell\",\"nodes\":%d,\"operations\":[\"conv\",\"pool\"]}";
    assertThatThrownBy(() -> run(file))
        .isInstanceOf(UsageException.class)
        .extracting(e -> e.getMessage().lines().toList(), list(String.class))
        .containsExactly(
            rows.formatted(space.formatted(3) + " is not among the spaces", "space"),
            missing.formatted(space.formatted(4) + " is among the spaces", "space"),
            rows.formatted("{\"lr\":1} is not among the protocols", "protocol"),
            rows.formatted(
                "{\"epochs\":12,\"data_fraction\":1.0} is not among the fidelities", "epochs"),
            missing.formatted(
                "{\"epochs\":12,\"data_fraction\":0.5} is among the fidelities", "epochs"));
    assertThat(snapshotIsThere()).isFalse();

    Files.writeString(
        manifest,
        """
        {
          "spaces": [{ "nodes": 3, "operations": ["conv", "pool"], "type": "edge-cell" }],
          "protocols": ["{\\"lr\\":1}"],
          "fidelities": [{"epochs": 12}]
        }
        """);
    run(file);
    assertThat(snapshotIsThere()).as("the same in another layout").isTrue();
  }

  @Test
  void theLicenceAndTheHashAreKept() throws IOException {
    Path file = file(GOOD, GOOD);
    Files.writeString(Manifest.path(file), "{\"license\": \"CC-BY-4.0\"}");
    run(file, file);
    Path other = Files.writeString(directory.resolve("other.csv"), HEADER + GOOD);
    Files.writeString(Manifest.path(other), "{\"licence\": \" \"}");
    run(other);
    try (Warehouse warehouse = Warehouse.open(sections().tables())) {
      assertThat(new ImportsTable(warehouse).all().values())
          .extracting(
              ImportsTable.Row::file,
              ImportsTable.Row::sha256,
              ImportsTable.Row::trials,
              ImportsTable.Row::licence)
          .containsExactlyInAnyOrder(
              tuple("trials.csv", TableFile.sha256(file), 2, Optional.of("CC-BY-4.0")),
              tuple("other.csv", TableFile.sha256(other), 1, Optional.empty()));
    }
  }

  @Test
  void aLicenceThatIsNamedLaterIsTaken() throws IOException {
    Path file = file(GOOD);
    run(file);
    assertThat(licence()).isEmpty();
    Files.writeString(Manifest.path(file), "{\"licence\": \"CC0-1.0\"}");
    run(file);
    assertThat(licence()).contains("CC0-1.0");
    Files.delete(Manifest.path(file));
    run(file);
    assertThat(licence()).as("once known").contains("CC0-1.0");
    Files.writeString(Manifest.path(file), "{\"licence\": \"MIT\", \"sha256\": \"0\"}");
    assertThatThrownBy(() -> run(file)).hasMessageContaining("not what its manifest describes");
    assertThat(licence()).as("of another file").contains("CC0-1.0");
  }

  private Optional<String> licence() throws IOException {
    try (Warehouse warehouse = Warehouse.open(sections().tables())) {
      Collection<ImportsTable.Row> rows = new ImportsTable(warehouse).all().values();
      assertThat(rows).hasSize(1);
      return rows.iterator().next().licence();
    }
  }

  @Test
  void theSameTrialsInAnotherFileAreKnown() throws IOException {
    Path file = file(GOOD, GOOD);
    Path packed = directory.resolve("packed.csv.gz");
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(packed))) {
      out.write((HEADER + GOOD + GOOD).getBytes(UTF_8));
    }
    Files.writeString(Manifest.path(packed), "{\"licence\": \"CC0-1.0\"}");
    run(file, packed);
    run(packed);
    assertThat(licence()).contains("CC0-1.0");
    assertThat(out.toString(UTF_8)).containsPattern("trials.csv: 2 trials, .*, licence: CC0-1.0\n");
    Files.writeString(Manifest.path(packed), "{\"licence\": \"CC-BY-4.0\"}");
    run(packed);
    assertThat(licence()).contains("CC0-1.0");
    assertThat(out.toString(UTF_8).lines().filter(line -> line.contains("packed")))
        .hasSize(3)
        .allMatch(
            line ->
                line.matches(
                    ".*packed.csv.gz: has the same trials as trials.csv, which was imported before, as the search import-.*, licence: CC0-1.0"));
    assertThat(trials()).isEqualTo(2);
    Path other = Files.writeString(directory.resolve("other.csv"), HEADER + GOOD);
    run(other);
    assertThat(out.toString(UTF_8)).contains("other.csv: 1 trial, as");
    assertThat(trials()).isEqualTo(3);
  }

  private long trials() {
    try (Warehouse warehouse = Warehouse.open(sections().tables())) {
      TrialsTable trials = new TrialsTable(warehouse);
      return trials.units(trials.snapshot().orElseThrow()).values().stream()
          .mapToLong(List::size)
          .sum();
    }
  }

  @Test
  void filesThatAreNoneAreNamed() throws IOException {
    Path file = Files.writeString(directory.resolve("columns.csv"), "task,architecture\na,b\n");
    assertThatThrownBy(() -> run(file)).hasMessageContaining("no column");
    assertThatThrownBy(() -> run(directory.resolve("a.csv"), directory.resolve("b.txt")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no such file")
        .hasMessageContaining("b.txt");
  }

  private Path file(String... rows) throws IOException {
    return Files.writeString(directory.resolve("trials.csv"), HEADER + String.join("", rows));
  }

  private boolean snapshotIsThere() {
    try (Warehouse warehouse = Warehouse.open(sections().tables())) {
      return new TrialsTable(warehouse).snapshot().isPresent();
    }
  }

  private List<Path> dataFiles() throws IOException {
    try (var files = Files.walk(directory)) {
      return files.filter(path -> path.toString().endsWith(".parquet")).toList();
    }
  }

  private ExchangeSections sections() {
    return Settings.read(config(), ExchangeSections.class);
  }

  private Config config() {
    Map<String, Object> settings =
        Map.of(
            "xfernas.output",
            directory.resolve("runs").toString(),
            "xfernas.tables.warehouse",
            directory.resolve("warehouse").toString());
    return ConfigFactory.parseMap(settings).withFallback(ConfigFactory.defaultReference());
  }

  private void run(Path... files) throws IOException {
    new ImportJob()
        .run(
            new JobContext(
                List.of(files).stream().map(Path::toString).toList(),
                config(),
                Optional.of("local[1]"),
                new PrintStream(out, true, UTF_8),
                System.err,
                Clock.systemUTC()));
  }
}
