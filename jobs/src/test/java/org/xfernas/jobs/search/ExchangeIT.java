package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.exchange.ExportJob;
import org.xfernas.jobs.exchange.ImportJob;
import org.xfernas.jobs.search.SearchRuns.Outcome;

/** Trials that leave the tables in a file, and come into others. */
class ExchangeIT {
  private static final String REPLAY =
      "xfernas.search { task = others, optimizer { type = replay, transfer = default } }";

  @TempDir static Path directory;
  private static SearchRuns runs;
  private static String settings;
  private static JsonNode first;

  @BeforeAll
  static void search() throws Exception {
    runs = new SearchRuns(directory);
    settings = runs.settings("a");
    first = runs.search(settings).summary();
  }

  private static Outcome export(Object... arguments) throws Exception {
    return runs.run(
        new ExportJob(),
        settings,
        List.of(arguments).stream().map(Object::toString).toArray(String[]::new));
  }

  private static JsonNode manifest(Path file) throws IOException {
    return new ObjectMapper().readTree(Path.of(file + ".manifest.json").toFile());
  }

  @ParameterizedTest
  @ValueSource(strings = {"trials.csv", "trials.csv.gz", "trials.parquet"})
  void anExportedFileIsASourceThatTeachesWhatTheTableDoes(String name) throws Exception {
    Path file = directory.resolve(name);
    Outcome outcome =
        export(file, "--task", "squares", "--status", "completed", "--licence", "CC-BY-4.0");
    assertThat(outcome.out()).contains("%s: 8 trials".formatted(file));
    JsonNode manifest = manifest(file);
    assertThat(outcome.summary().get("manifest")).isEqualTo(manifest);
    assertThat(manifest.get("rows").asInt()).isEqualTo(8);
    assertThat(manifest.get("tasks")).hasSize(1);
    assertThat(manifest.get("spaces").get(0).asText()).contains("edge-cell");
    assertThat(manifest.get("metrics").get(0).get("metric").asText()).isEqualTo("valid");
    assertThat(manifest.get("licence").asText()).isEqualTo("CC-BY-4.0");

    String source = "xfernas.search.sources = [{ task = squares, path = \"%s\" }]".formatted(file);
    JsonNode summary = runs.search(runs.settings("from." + name, REPLAY, source)).summary();
    assertThat(summary.get("source_tasks").get(0).get("evaluations").asInt()).isEqualTo(8);
    assertThat(summary.get("source_tasks").get(0).get("kept").asDouble()).isEqualTo(1);
    assertThat(summary.get("trajectory").get(0).get("architecture"))
        .isEqualTo(first.get("best").get("architecture"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"moved.csv.gz", "moved.parquet"})
  void anImportedFileIsKnowledgeOfOtherTables(String name) throws Exception {
    Path file = directory.resolve(name);
    export(file, "--search", "a", "--licence", "CC-BY-4.0");
    String elsewhere =
        "xfernas.tables.warehouse = \"%s\"".formatted(directory.resolve("elsewhere." + name));
    String other = runs.settings("b." + name, REPLAY, elsewhere);
    Outcome imported = runs.run(new ImportJob(), other, file.toString());
    assertThat(imported.out())
        .contains("%s: 8 trials, as the search import-".formatted(file))
        .contains(", licence: CC-BY-4.0");
    Outcome again = runs.run(new ImportJob(), other, file.toString());
    assertThat(again.out()).contains("was imported before");
    JsonNode known = again.summary().get("files").get(0);
    assertThat(known.get("trials").asInt()).isZero();
    assertThat(known.get("licence").asText()).isEqualTo("CC-BY-4.0");
    assertThat(known.get("sha256")).isEqualTo(manifest(file).get("sha256"));
    JsonNode alone = exported(other, "alone." + name);
    assertThat(alone.get("licence").asText()).isEqualTo("CC-BY-4.0");

    JsonNode summary = runs.search(other).summary();
    assertThat(summary.get("source_tasks")).hasSize(1);
    assertThat(summary.get("source_tasks").get(0).get("task").asText()).isEqualTo("squares");
    assertThat(summary.get("source_tasks").get(0).get("evaluations").asInt()).isEqualTo(8);
    assertThat(summary.get("trajectory").get(0).get("architecture"))
        .isEqualTo(first.get("best").get("architecture"));

    JsonNode mixed = exported(other, "mixed." + name);
    assertThat(mixed.get("rows").asInt()).isEqualTo(16);
    assertThat(mixed.get("licence").isNull()).as("nobody gave the new trials away").isTrue();
    assertThat(mixed.get("imported")).isEqualTo(alone.get("imported")).hasSize(1);
    JsonNode source = mixed.get("imported").get(0);
    assertThat(source.get("file").asText()).isEqualTo(name);
    assertThat(source.get("sha256")).isEqualTo(manifest(file).get("sha256"));
    assertThat(source.get("licence").asText()).isEqualTo("CC-BY-4.0");
  }

  @Test
  void theSameTrialsInAnotherFormatAreKnown() throws Exception {
    Path csv = directory.resolve("same.csv");
    Path parquet = directory.resolve("same.parquet");
    export(csv, "--search", "a");
    export(parquet, "--search", "a");
    String other =
        runs.settings(
            "same",
            "xfernas.tables.warehouse = \"%s\"".formatted(directory.resolve("elsewhere.same")));
    runs.run(new ImportJob(), other, csv.toString());
    Outcome again = runs.run(new ImportJob(), other, parquet.toString());
    assertThat(again.out())
        .contains(parquet + ": has the same trials as same.csv, which was imported before");
    assertThat(again.summary().get("files").get(0).get("trials").asInt()).isZero();
    assertThat(exported(other, "same-again.csv").get("rows").asInt()).isEqualTo(8);
  }

  private static JsonNode exported(String from, String name) throws Exception {
    Path file = directory.resolve(name);
    runs.run(new ExportJob(), from, file.toString());
    return manifest(file);
  }

  @Test
  void theFileHasTheTrialsInOrderAndNeitherPlacesNorTimes() throws Exception {
    Path file = directory.resolve("ordered.csv");
    export(file, "--search", "a");
    List<String> lines = Files.readAllLines(file);
    assertThat(lines.get(0))
        .startsWith("search_id,number,task,space,architecture,")
        .doesNotContain("host", "executor", "device", "started", "failure_reason");
    assertThat(lines.subList(1, lines.size()))
        .hasSize(8)
        .allMatch(line -> line.startsWith("a,"))
        .extracting(line -> Integer.parseInt(line.split(",", 3)[1]))
        .isSorted();
  }

  @Test
  void aFileThatIsThereIsOnlyReplacedWhereTheUserSaysSo() throws Exception {
    Path file = directory.resolve("there.csv");
    Files.writeString(file, "mine");
    assertThatThrownBy(() -> export(file, "--search", "a"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the file is there already")
        .hasMessageContaining("--overwrite (FILE=%s)".formatted(file));
    assertThat(file).hasContent("mine");
    export(file, "--search", "a", "--overwrite");
    assertThat(manifest(file).get("rows").asInt()).isEqualTo(8);
  }

  @Test
  void whatIsNotThereIsNamedAndNothingIsWritten() {
    Path file = directory.resolve("nothing.csv");
    assertThatThrownBy(() -> export(file, "--task", "square", "--search", "a"))
        .isInstanceOf(UsageException.class)
        .hasMessage("Cannot export: no trial has this task (did you mean squares?) (task=square)");
    assertThatThrownBy(() -> export(file, "--search", "a", "--status", "failed"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("status=failed");
    assertThat(directory).isDirectoryNotContaining(path -> path.toString().contains("nothing"));
  }
}
