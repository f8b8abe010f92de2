package org.xfernas.jobs.exchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.JobContext;
import org.xfernas.jobs.Script;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.TrialsTable;

class ExportJobTest {
  @TempDir Path directory;

  @Test
  void everyWrongArgumentIsNamedAtOnce() {
    assertThatThrownBy(() -> run("nowhere/trials.json", "--status", "lost"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("must end in .csv, .csv.gz or .parquet (FILE=nowhere/trials.json)")
        .hasMessageContaining("there is no directory")
        .hasMessageContaining("one of completed, failed (--status lost)");
  }

  @Test
  void aFileIsAsked() {
    assertThatThrownBy(() -> run("--task", "c10"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Cannot run export: Missing required parameter: 'FILE'");
  }

  @Test
  void whereThereIsNoTrialTheMendIsNamed() {
    assertThatThrownBy(() -> run(directory.resolve("trials.csv").toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there is no trial yet")
        .hasMessageContaining("run a search, or correct the path");
  }

  @Test
  void theColumnsAreDocumented() throws IOException {
    String chapter =
        Files.readString(Script.ROOT.resolve("data/README.md")).split("# Files of trials\n", 2)[1];
    assertThat(
            chapter
                .lines()
                .dropWhile(line -> !line.startsWith("|---"))
                .skip(1)
                .takeWhile(line -> line.startsWith("|"))
                .map(line -> line.split("\\|", 3)[1].strip()))
        .containsExactlyElementsOf(TrialsTable.exchangedColumns());
  }

  private void run(String... arguments) throws IOException {
    Map<String, Object> settings =
        Map.of("xfernas.tables.warehouse", directory.resolve("warehouse").toString());
    new ExportJob()
        .run(
            new JobContext(
                List.of(arguments),
                ConfigFactory.parseMap(settings).withFallback(ConfigFactory.defaultReference()),
                Optional.empty(),
                System.out,
                System.err,
                Clock.systemUTC()));
  }
}
