package org.xfernas.jobs.history;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.JobResult;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.ImportsTable;
import org.xfernas.jobs.table.Warehouse;

class HistoryJobIT {
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  @TempDir Path directory;

  @Test
  void aQueryIsAnsweredWithATable() throws IOException {
    makeTables();
    JobResult result =
        run("--sql", "SELECT count(*) AS trials, 'a long text that is not cut' AS t FROM trials");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("\\|trials\\|t +\\|")
        .contains("|0     |a long text that is not cut|");
    assertThat(Files.readString(result.summary())).contains("\"rows\" : 1");
  }

  @Test
  void aQueryWithAnErrorIsWrongUsageWithItsPlace() {
    makeTables();
    assertThatThrownBy(() -> run("--sql", "SELECT nothing FROM trials"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Cannot read the history:")
        .hasMessageContaining("`nothing` cannot be resolved")
        .hasMessageContaining("line 1");
  }

  @Test
  void whereThereAreNoTablesTheMendIsNamed() {
    assertThatThrownBy(() -> run("--sql", "SELECT 1"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there are no tables yet")
        .hasMessageContaining("run a search, or correct the path");
  }

  @Test
  void wrongArgumentsAreNamedAtOnce() {
    assertThatThrownBy(() -> run("--sql"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Missing required parameter for option '--sql'");
    assertThatThrownBy(() -> run("--format", "xml", "--output", "nowhere/answer"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the job takes --sql and one query, or --file")
        .hasMessageContaining("one of table, csv, json, parquet (--format xml)")
        .hasMessageContaining("there is no directory");
    assertThatThrownBy(() -> run("--file", "no.sql", "--format", "parquet"))
        .hasMessageContaining("there is no such file")
        .hasMessageContaining("add --output and a file (--format parquet)");
  }

  @Test
  void anUnknownViewIsNamedWithTheNearestOne() {
    makeTables();
    assertThatThrownBy(() -> run("--sql", "SELECT *\nFROM best_architecture"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no table or view best_architecture")
        .hasMessageContaining("(did you mean best_architectures?)")
        .hasMessageContaining("trials")
        .hasMessageEndingWith("(line 2)");
  }

  @Test
  void viewsOfAnEmptyHistoryAreEmpty() throws IOException {
    makeTables();
    String all =
        Stream.of("best_architectures", "failures", "source_worth")
            .map("SELECT count(*) AS rows FROM %s"::formatted)
            .collect(Collectors.joining(" UNION ALL "));
    run("--sql", "SELECT sum(rows) AS rows FROM (" + all + ")", "--format", "csv");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("there is no trial yet in " + directory.resolve("warehouse"))
        .contains("rows\n0\n");
  }

  @Test
  void anErrorWhileItRunsIsASentenceToo() {
    makeTables();
    assertThatThrownBy(() -> run("--sql", "SELECT\n  (SELECT * FROM VALUES (1), (2))"))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith("Cannot read the history: [SCALAR_SUBQUERY_TOO_MANY_ROWS]")
        .hasMessageContaining("line 2");
  }

  @Test
  void whatAQueryRaisesIsASentenceToo() {
    makeTables();
    for (String format : List.of("table", "csv", "json")) {
      assertThatThrownBy(
              () -> run("--sql", "SELECT 1/0, raise_error('nothing there')", "--format", format))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("Cannot read the history: ")
          .hasMessageEndingWith("nothing there");
    }
    assertThat(out.toString(UTF_8).lines())
        .allMatch(line -> line.startsWith("there is no trial yet"));
  }

  @Test
  void whatIsNoQueryIsRefusedAndChangesNothing() throws IOException {
    makeTables();
    try (Warehouse warehouse = openWarehouse()) {
      new ImportsTable(warehouse)
          .record(
              new ImportsTable.Row("import-1", "a.csv", "f", 7, Optional.empty(), Instant.EPOCH));
    }
    for (String statement :
        List.of(
            "DROP TABLE imports",
            "DELETE FROM imports",
            "UPDATE imports SET trials = 0",
            "INSERT INTO imports SELECT * FROM imports",
            "WITH old AS (SELECT * FROM imports) INSERT INTO imports SELECT * FROM old",
            "FROM imports INSERT INTO imports SELECT *",
            "INSERT OVERWRITE DIRECTORY '%s' USING csv SELECT 1".formatted(directory),
            "MERGE INTO imports a USING imports b ON a.file = b.file WHEN MATCHED THEN DELETE",
            "TRUNCATE TABLE imports",
            "ALTER TABLE imports DROP COLUMN licence",
            "ALTER TABLE imports ADD PARTITION FIELD file",
            "CREATE TABLE other AS SELECT 1 AS a",
            "CREATE VIEW other AS SELECT 1 AS a",
            "CALL system.expire_snapshots('imports')",
            "SET spark.sql.ansi.enabled = true")) {
      assertThatThrownBy(() -> run("--sql", statement))
          .as(statement)
          .isInstanceOf(UsageException.class)
          .hasMessageContaining("answers queries and changes nothing")
          .hasMessageEndingWith("(" + statement + ")");
    }
    for (String query :
        List.of(
            "SHOW TABLES",
            "DESCRIBE imports",
            "EXPLAIN SELECT * FROM imports",
            "SET spark.sql.ansi.enabled",
            "WITH some AS (SELECT 1) TABLE some",
            "CREATE TEMPORARY VIEW some AS SELECT * FROM imports",
            "VALUES (1)")) {
      run("--sql", query);
    }
    run("--sql", "SELECT trials AS rows_of FROM imports;", "--format", "csv");
    assertThat(out.toString(UTF_8)).contains("rows_of\n7\n");
  }

  @Test
  void aVersionThatIsNotThereIsASentenceToo() {
    makeTables();
    for (String version : List.of("VERSION AS OF 7", "VERSION AS OF 'x'")) {
      assertThatThrownBy(() -> run("--sql", "SELECT * FROM trials " + version))
          .isInstanceOf(UsageException.class)
          .hasMessageStartingWith("Cannot read the history: Cannot find ");
    }
  }

  @Test
  void anErrorWhileItRunsLeavesTheAnswerBeforeIt() throws IOException {
    makeTables();
    for (String format : List.of("table", "csv", "json", "parquet")) {
      Path answer = Files.writeString(directory.resolve("answer"), "before");
      assertThatThrownBy(
              () ->
                  run(
                      "--sql",
                      "SELECT raise_error('no') FROM range(2)",
                      "--format",
                      format,
                      "--output",
                      answer.toString()))
          .isInstanceOf(UsageException.class);
      assertThat(answer).hasContent("before");
      assertThat(directory).isDirectoryNotContaining("glob:**.{part,parts}");
    }
  }

  @Test
  void answersAreWrittenAsTheUserAsks() throws IOException {
    makeTables();
    Path query =
        Files.writeString(
            directory.resolve("query.sql"),
            "SELECT 1.5D AS a, 'x, y' AS b, CAST(NULL AS INT) AS c, map('k', 2) AS d");
    run("--file", query.toString(), "--format", "json");
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("there is no trial yet in " + directory.resolve("warehouse"))
        .contains("{\"a\":1.5,\"b\":\"x, y\",\"c\":null,\"d\":{\"k\":2}}\n");
    Path csv = directory.resolve("answer.csv");
    run("--file", query.toString(), "--format", "csv", "--output", csv.toString());
    assertThat(csv).hasContent("a,b,c,d\n1.5,\"x, y\",,{k -> 2}\n");
    Path parquet = directory.resolve("answer.parquet");
    JobResult result =
        run("--file", query.toString(), "--format", "parquet", "--output", parquet.toString());
    assertThat(Files.readAllBytes(parquet)).startsWith("PAR1".getBytes(StandardCharsets.UTF_8));
    assertThat(Files.readString(result.summary())).contains("\"rows\" : 1");
  }

  @Test
  void theConsoleAnswersOneStatementAfterTheOther() throws IOException {
    makeTables();
    InputStream before = System.in;
    System.setIn(
        new ByteArrayInputStream(
            "SELECT 1 AS first;\nSELECT wrong;\nTABLE trials VERSION AS OF 7;\nSELECT ';'\n  AS last ; SELECT 2 AS more; DROP TABLE trials;"
                .getBytes(UTF_8)));
    try {
      JobResult result = run("--console", "--format", "csv");
      assertThat(Files.readString(result.summary()))
          .contains("\"statements\" : 3", "\"failed\" : 3");
      assertThat(result.exitCode()).isEqualTo(ExitCode.FAILED);
    } finally {
      System.setIn(before);
    }
    assertThat(out.toString(UTF_8))
        .contains("first\n1\n", "`wrong` cannot be resolved", "last\n;\n", "more\n2\n");
  }

  @Test
  void theViewsAreListedWithoutTables() throws IOException {
    run("--views");
    assertThat(out.toString(StandardCharsets.UTF_8).lines())
        .hasSameSizeAs(Views.NAMES)
        .anyMatch(line -> line.startsWith("incumbents  "));
  }

  private void makeTables() {
    openWarehouse().close();
  }

  private Warehouse openWarehouse() {
    return Warehouse.open(Settings.read(context().config(), HistorySections.class).tables());
  }

  private JobResult run(String... arguments) throws IOException {
    return new HistoryJob().run(context(arguments));
  }

  private JobContext context(String... arguments) {
    Map<String, Object> settings =
        Map.of(
            "xfernas.output",
            directory.resolve("runs").toString(),
            "xfernas.tables.warehouse",
            directory.resolve("warehouse").toString());
    PrintStream stream = new PrintStream(out, true, StandardCharsets.UTF_8);
    return new JobContext(
        List.of(arguments),
        ConfigFactory.parseMap(settings).withFallback(ConfigFactory.defaultReference()),
        Optional.of("local[1]"),
        stream,
        stream,
        Clock.systemUTC());
  }
}
