package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.SparkTables;
import org.xfernas.jobs.table.TablesSettings;
import org.xfernas.jobs.table.Warehouse;

/** Searches that need Spark: for training, and for a table in Parquet. */
class TrainedSearchIT {
  @TempDir Path directory;
  private SearchRuns runs;

  @BeforeEach
  void writeTable() throws Exception {
    runs = new SearchRuns(directory);
  }

  @Test
  void candidatesAreTrainedAndEverythingIsInTheTables() throws Exception {
    String settings = runs.settings("trained", SearchRuns.TRAINING, "xfernas.search.batch = 2");
    JsonNode summary = runs.search(settings).summary();
    assertThat(summary.get("evaluations").asInt()).isEqualTo(3);
    assertThat(summary.get("failed").asInt()).isZero();
    assertThat(runs.search(settings).summary().get("trajectory"))
        .as("the batch that was given is the batch that was stored")
        .isEqualTo(summary.get("trajectory"));

    try (SparkSession spark = spark()) {
      Row trial =
          spark
              .sql(
                  "SELECT max(validation_accuracy), min(epochs), min(parameters), min(protocol),"
                      + " count(*) FROM trials WHERE task = 'tiny-fashion' AND status = 'completed'")
              .first();
      assertThat(trial.getDouble(0))
          .isEqualTo(summary.get("best").get("validation_accuracy").asDouble());
      assertThat(trial.getInt(1)).isEqualTo(2);
      assertThat(trial.getLong(2)).isPositive();
      assertThat(trial.getString(3)).contains("\"batch-size\":64").contains("\"filters\":2");
      assertThat(trial.getLong(4)).isEqualTo(3);
      assertThat(
              spark.sql("SELECT number, epoch FROM curves ORDER BY 1, 2").collectAsList().stream()
                  .map(row -> row.getInt(0) + "." + row.getInt(1)))
          .containsExactly("1.1", "1.2", "2.1", "2.2", "3.1", "3.2");
      Row task = spark.sql("SELECT task, height, classes, training_images FROM tasks").first();
      assertThat(task.mkString(",")).isEqualTo("tiny-fashion,28,10,128");
    }
  }

  @Test
  void beforeItsFirstTrialASearchExpectsSimilarityByTheDataSets() throws Exception {
    runs.search(runs.settings("source", SearchRuns.TRAINING));
    String target =
        "xfernas { search { optimizer.type = bayesian, budget.evaluations = 1 }, trial.fidelity.epochs = 1 }";
    runs.search(runs.settings("target", SearchRuns.TRAINING, target));
    try (SparkSession spark = spark()) {
      Row first =
          spark
              .sql(
                  "SELECT similarity, similarity_standard_deviation FROM transfer"
                      + " WHERE search_id = 'target'")
              .first();
      assertThat(first.getDouble(0)).as("the same images").isEqualTo(0.6);
      assertThat(first.getDouble(1)).isEqualTo(0.4);
    }
  }

  @Test
  void aTableMayBeParquet() throws Exception {
    try (SparkSession spark = spark()) {
      spark
          .read()
          .options(Map.of("header", "true", "inferSchema", "true"))
          .csv(directory.resolve("table.csv").toString())
          .write()
          .mode(SaveMode.Overwrite)
          .parquet(directory.resolve("table").toString());
    }
    JsonNode fromCsv = runs.search(runs.settings("csv")).summary();
    JsonNode fromParquet =
        runs.search(
                runs.settings(
                    "parquet",
                    "xfernas.search.evaluator.path = \"%s\"".formatted(directory.resolve("table"))))
            .summary();
    assertThat(fromParquet.get("trajectory")).isEqualTo(fromCsv.get("trajectory"));

    String replay =
        "xfernas.search { optimizer.type = replay, sources = [{ task = p, path = \"%s\", architecture = arch, metric = valid }] }"
            .formatted(directory.resolve("table"));
    JsonNode replayed = runs.search(runs.settings("replay", replay)).summary();
    assertThat(replayed.get("source_tasks").get(0).get("evaluations").asInt()).isEqualTo(729);
    assertThat(replayed.get("trajectory").get(0).get("validation_accuracy").asDouble())
        .as("the best of the table")
        .isEqualTo(72.8);
  }

  @Test
  void theBestIsTrainedAtFullFidelityBeforeItIsChosen() throws Exception {
    String choice =
        "xfernas.search { budget.evaluations = 2, choice { candidates = 1, fidelity = { epochs = 3, data-fraction = 1 } } }";
    JsonNode summary = runs.search(runs.settings("t", SearchRuns.TRAINING, choice)).summary();
    assertThat(summary.get("evaluations").asInt()).isEqualTo(2);
    assertThat(summary.get("trajectory")).hasSize(1);
    try (SparkSession spark = spark()) {
      assertThat(
              spark
                  .sql("SELECT search_id, epochs, metric, data_fingerprint FROM trials ORDER BY 1")
                  .collectAsList()
                  .stream()
                  .map(row -> row.getString(0) + " " + row.getInt(1) + " " + row.getString(2)))
          .containsExactly("t 2 validation_accuracy", "t.choice 3 validation_accuracy");
      assertThat(spark.sql("SELECT DISTINCT data_fingerprint FROM trials").count()).isEqualTo(1);
    }
  }

  @Test
  void aTableThatIsNeitherCsvNorParquetIsRefused() throws Exception {
    Path text = Files.writeString(directory.resolve("table.txt"), "arch,valid\n");
    assertThatThrownBy(
            () ->
                runs.search(
                    runs.settings(
                        "text", "xfernas.search.evaluator.path = \"%s\"".formatted(text))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("it is neither CSV, by its name, nor Parquet")
        .hasMessageContaining("table=" + text);
    assertThat(SparkSession.getDefaultSession().isEmpty()).isTrue();
  }

  private SparkSession spark() {
    TablesSettings tables = runs.tables(runs.settings("a"));
    Warehouse.open(tables).close();
    return SparkTables.session("test", Optional.of("local[2]"), tables);
  }
}
