package org.xfernas.jobs.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.config.Settings;
import org.xfernas.jobs.history.Views;

class HistoryBenchmarkIT {
  @TempDir Path directory;

  @Test
  void everyViewIsReadAndTheRowsAreRemoved() throws Exception {
    BenchSections sections =
        Settings.read(
            ConfigFactory.defaultReference().getConfig("xfernas").atKey("xfernas"),
            BenchSections.class);
    Path warehouse = directory.resolve("warehouse");

    Map<String, Object> figures =
        new HistoryBenchmark(warehouse, sections.tables(), Optional.of("local[2]")).run(2_000);

    assertThat(figures).containsEntry("trials", 2_000L).containsEntry("cores", 2);
    assertThat(figures.keySet())
        .containsAll(Views.NAMES.stream().map(view -> view + "_seconds").toList())
        .containsAll(Views.NAMES.stream().map(view -> view + "_seconds_of_a_tenth").toList());
    assertThat(warehouse).doesNotExist();
  }
}
