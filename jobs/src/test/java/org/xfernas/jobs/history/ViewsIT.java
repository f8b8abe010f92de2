package org.xfernas.jobs.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.Script;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;

/** What the views answer on a few rows whose answers one can count. */
class ViewsIT {
  /** Searches on x, y and z; conv is best on x and y, lower is better on y. */
  private static final String TRIALS =
      """
      SELECT search_id, number, task, '{"type":"edge-cell"}' AS space, architecture, id AS architecture_id,
        CAST(NULL AS INT) AS epochs, CAST(NULL AS DOUBLE) AS data_fraction, CAST(NULL AS STRING) AS protocol,
        0L AS seed, IF(kind IS NULL, 'completed', 'failed') AS status, kind AS failure_kind, kind AS failure_reason,
        CAST(value AS DOUBLE) AS validation_accuracy, CAST(value AS DOUBLE) AS test_accuracy,
        CAST(map() AS MAP<STRING, DOUBLE>) AS metrics, 5L AS parameters, CAST(NULL AS BIGINT) AS flops,
        0D AS seconds_waiting, 10D AS seconds_training, 0D AS images_per_s,
        timestamp_seconds(number) AS started, timestamp_seconds(number + 1) AS finished,
        'h' AS host, 'e' AS executor, 'd' AS device, CAST(map() AS MAP<STRING, STRING>) AS versions,
        CAST(NULL AS STRING) AS data_fingerprint, 'm' AS metric, task = 'y' AS minimize
      FROM VALUES
        ('a', 1, 'x', '|pool~0|', 'pool', NULL, 50),
        ('a', 2, 'x', '|conv~0|', 'conv', NULL, 90),
        ('a', 3, 'x', '|none~0|', 'none', 'diverged', NULL),
        ('a', 4, 'x', '|conv~0|', 'conv', NULL, 91),
        ('a', 5, 'x', '|skip~0|', 'skip', NULL, 60),
        ('b', 1, 'y', '|pool~0|', 'pool', NULL, 3),
        ('b', 2, 'y', '|conv~0|', 'conv', NULL, 1),
        ('b', 3, 'y', '|skip~0|', 'skip', NULL, 2),
        ('c', 9, 'x', '|conv~0|', 'conv', NULL, 89),
        ('d', 1, 'z', 'normal[0 sep_3x3 + 1 identity]', 'n', NULL, 1)
        AS t(search_id, number, task, architecture, id, kind, value)
      """;

  private static final String PROPOSALS =
      """
      SELECT search_id, number, architecture, architecture_id, seed, CAST(array() AS ARRAY<INT>) AS observed,
        CAST(array() AS ARRAY<INT>) AS pending, CAST(NULL AS DOUBLE) AS predicted_mean,
        CAST(NULL AS DOUBLE) AS predicted_standard_deviation, CAST(map() AS MAP<STRING, DOUBLE>) AS source_weights,
        'r' AS reason, 0.5D AS optimizer_seconds, started AS proposed,
        IF(number > 1, 0.75D, NULL) AS universal_share, IF(number > 1, 0.25D, NULL) AS residual_share,
        IF(number > 1, '|pool~0|', architecture) AS shadow
      FROM trials WHERE search_id = 'b'
      """;

  /** The search c took the first two trials of another as its own; b is of an older version. */
  private static final String SEARCHES =
      """
      SELECT search_id, '{}' AS configuration, 1L AS source_snapshot, 'finished' AS state,
        CAST(NULL AS STRING) AS lease_owner, CAST(NULL AS TIMESTAMP) AS lease_expires,
        timestamp_seconds(0) AS started, timestamp_seconds(9) AS updated, '[]' AS sources,
        reused_trials, CAST(10 * reused_trials AS DOUBLE) AS reused_seconds
      FROM VALUES ('a', 0), ('b', CAST(NULL AS INT)), ('c', 2) AS t(search_id, reused_trials)
      """;

  private static final String TRANSFER =
      """
      SELECT 'b' AS search_id, number, 'x' AS source_task, number / 10D AS similarity,
        CAST(NULL AS DOUBLE) AS similarity_standard_deviation, 1 - number / 10D AS weight
      FROM VALUES (1), (2), (3) AS t(number)
      """;

  @TempDir static Path directory;
  private static SparkSession spark;

  @BeforeAll
  static void writeTables() throws Exception {
    Map<String, Object> settings =
        Map.of("xfernas.tables.warehouse", directory.resolve("warehouse").toString());
    TablesSettings tables =
        Settings.read(
                ConfigFactory.parseMap(settings).withFallback(ConfigFactory.defaultReference()),
                HistorySections.class)
            .tables();
    Warehouse.open(tables).close();
    spark = SparkTables.session("views", Optional.of("local[1]"), tables);
    spark.conf().set("spark.sql.shuffle.partitions", "2");
    spark.sql(TRIALS).writeTo("trials").append();
    spark.sql(PROPOSALS).writeTo("proposals").append();
    spark.sql(SEARCHES).writeTo("searches").append();
    spark.sql(TRANSFER).writeTo("transfer").append();
    Views.register(spark);
  }

  @AfterAll
  static void stop() {
    spark.stop();
  }

  private static List<String> ask(String query) {
    return spark.sql(query).collectAsList().stream().map(Row::mkString).toList();
  }

  private static List<String> ask(String columns, String rest) {
    return ask("SELECT concat_ws(' ', %s) FROM %s".formatted(columns, rest));
  }

  @Test
  void everyViewIsDocumentedWithItsColumns() throws IOException {
    String documentation = Files.readString(Script.ROOT.resolve("data/README.md"));
    for (String view : Views.NAMES) {
      assertThat(documentation)
          .contains("| %s | %s |".formatted(view, String.join(", ", spark.table(view).columns())));
    }
  }

  @Test
  void bestArchitecturesAreRankedByTheirBestTrialAndItsOwnMetric() {
    assertThat(
            ask(
                "task, place, architecture_id, validation_accuracy, trials, search_id, number",
                "best_architectures WHERE task < 'z' ORDER BY task, place"))
        .containsExactly(
            "x 1 conv 91.0 3 a 4",
            "x 2 skip 60.0 1 a 5",
            "x 3 pool 50.0 1 a 1",
            "y 1 conv 1.0 1 b 2",
            "y 2 skip 2.0 1 b 3",
            "y 3 pool 3.0 1 b 1");
  }

  @Test
  void incumbentsAreBetterThanAllBeforeThem() {
    assertThat(
            ask(
                "search_id, number, validation_accuracy, seconds_spent",
                "incumbents WHERE task < 'z' ORDER BY search_id, number"))
        .containsExactly(
            "a 1 50.0 10.0",
            "a 2 90.0 20.0",
            "a 4 91.0 40.0",
            "b 1 3.0 10.0",
            "b 2 1.0 20.0",
            "c 9 89.0 10.0");
  }

  @Test
  void frequenciesCompareTheBestTenthWithAll() {
    assertThat(
            ask(
                "place, operation, share_of_best, share_of_all",
                "edge_frequencies WHERE task = 'x' ORDER BY operation"))
        .containsExactly("0 conv 1.0 0.6", "0 pool 0.0 0.2", "0 skip 0.0 0.2");
    assertThat(
            ask(
                "operation, share_of_best, round(share_of_all, 3)",
                "operation_frequencies WHERE task = 'y' ORDER BY operation"))
        .containsExactly("conv 1.0 0.333", "pool 0.0 0.333", "skip 0.0 0.333");
    assertThat(ask("place, operation", "edge_frequencies WHERE task = 'z' ORDER BY place"))
        .containsExactly("0 sep_3x3", "1 identity");
  }

  @Test
  void tasksThatRankAlikeAgree() {
    Row row = spark.sql("SELECT task, other_task, common, spearman FROM rank_agreement").first();
    assertThat(Arrays.asList(row.get(0), row.get(1), row.get(2)))
        .as("conv, skip, pool on both")
        .containsExactly("x", "y", 3L);
    assertThat(row.getDouble(3)).isCloseTo(1, within(1e-12));
  }

  @Test
  void costsFailuresAndDuplicatesAreCounted() {
    assertThat(
            ask(
                "search_id, trials, completed, failed, seconds_training, best_validation_accuracy, optimizer_seconds",
                "search_costs WHERE task < 'z' ORDER BY search_id"))
        .containsExactly("a 5 4 1 50.0 91.0", "b 3 3 0 30.0 1.0 1.5", "c 1 1 0 10.0 89.0");
    assertThat(ask("task, failure_kind, trials, round(share, 3), seconds_lost", "failures"))
        .containsExactly("x diverged 1 0.167 10.0");
    assertThat(
            ask(
                "search_id, trials, functions, repeated, seconds_repeated, known_before, reused, seconds_reused",
                "duplicates WHERE task < 'z' ORDER BY search_id"))
        .containsExactly("a 5 4 1 10.0 0 0 0.0", "b 3 3 0 0.0 0", "c 1 1 0 0.0 1 2 20.0");
  }

  @Test
  void whatTheSourcesDidIsShown() {
    assertThat(
            ask(
                "search_id, proposals, with_shares, universal_share, residual_share, with_shadow, round(changed_share, 3), accuracy_of_changed, accuracy_of_unchanged",
                "transfer_contribution"))
        .containsExactly("b 3 2 0.75 0.25 3 0.667 1.5 3.0");
    assertThat(
            ask(
                "source_task, proposals, first_similarity, last_similarity, first_weight, last_weight",
                "source_worth"))
        .containsExactly("x 3 0.1 0.3 0.9 0.7");
  }
}
