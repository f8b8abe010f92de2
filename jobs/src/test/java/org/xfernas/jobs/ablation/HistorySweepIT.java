package org.xfernas.jobs.ablation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.exchange.ImportJob;
import org.xfernas.search.evaluator.ArchitectureTable;

/** Sweeps over trials that were imported, in the place of a table file. */
class HistorySweepIT {
  private static final String SPACE =
      "\"{\"\"type\"\":\"\"edge-cell\"\",\"\"nodes\"\":3,\"\"operations\"\":[\"\"conv\"\",\"\"pool\"\",\"\"zero\"\"]}\"";

  @TempDir Path directory;

  @Test
  void predictionsAreJudgedOnWhatEachTaskHasLeft() throws Exception {
    importTrials("near", "near_val", 27);
    importTrials("up", "up_full", 27);
    importTrials("few", "near_full", 10);
    Outcome sweep = Outcome.of(config(), "local[2]");
    assertThat(sweep.rows())
        .extracting(row -> row.get("task") + " " + row.get("target_points"))
        .containsOnly("near 0", "near 5", "up 0", "up 5");
    assertThat(sweep.err())
        .contains("the tasks are those of the table of trials as of snapshot")
        .contains("task few is a source only: cannot fit to 0 points of few")
        .contains("task near has results for 5 points of the target: cells with more are left out");

    JsonNode summary = new ObjectMapper().readTree(sweep.result().summary().toFile());
    long snapshot = summary.get("trials_snapshot").asLong();
    importTrials("later", "near_full", 27);
    Outcome again = Outcome.of(config("xfernas.ablation.table.snapshot = " + snapshot), "local[2]");
    assertThat(again.err()).contains("8 cells, 8 of them done before");
    assertThat(again.rows()).isNotEmpty();
  }

  @Test
  void aHistoryOfLessThanTwoTasksIsRefused() throws Exception {
    assertThatThrownBy(() -> Outcome.of(config(), "local[2]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.ablation.table: the table of trials is empty; search on");
    importTrials("near", "near_val", 27);
    assertThatThrownBy(() -> Outcome.of(config(), "local[2]"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the table of trials has 1 tasks that the space can learn from")
        .hasMessageContaining("submit.sh import");
  }

  private void importTrials(String task, String column, int rows) throws IOException {
    ArchitectureTable table = new SweepFixture().table();
    StringBuilder csv = new StringBuilder("task,space,architecture,validation_accuracy\n");
    for (int row = 0; row < rows; row++) {
      csv.append("%s,%s,".formatted(task, SPACE))
          .append(table.architectures().get(row))
          .append(",%s\n".formatted(table.column(column)[row]));
    }
    Path file = Files.writeString(directory.resolve(task + ".csv"), csv);
    new ImportJob()
        .run(
            new JobContext(
                List.of(file.toString()),
                config(),
                Optional.of("local[1]"),
                System.out,
                System.err,
                Clock.systemUTC()));
  }

  private Config config(String... others) {
    Config config =
        ConfigFactory.parseString(
            """
            xfernas.output = "%1$s/runs"
            xfernas.tables.warehouse = "%1$s/warehouse"
            xfernas.ablation {
              kind = prediction
              space { type = edge-cell, nodes = 3, operations = [conv, pool, zero] }
              grid { transfer = [none, default], source-points = [10], target-points = [0, 5, 20], seeds = 1 }
              output = "%1$s/sweep"
            }
            """
                .formatted(directory));
    for (String other : others) {
      config = ConfigFactory.parseString(other).withFallback(config);
    }
    return config.withFallback(ConfigFactory.defaultReference()).resolve();
  }
}
