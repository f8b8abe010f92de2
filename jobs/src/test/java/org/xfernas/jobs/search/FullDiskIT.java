package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.table.RecordedSearch;
import org.xfernas.jobs.table.Warehouse;

/** A search whose tables are on a disk that gets full. */
class FullDiskIT {
  private static final int EVALUATIONS = 24;

  @TempDir Path directory;
  private Path disk;

  @BeforeEach
  void mount() throws Exception {
    disk = Files.createDirectory(directory.resolve("disk"));
    assumeTrue(
        run("mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk.toString()) == 0,
        "no right to mount a small disk");
  }

  @AfterEach
  void unmount() throws Exception {
    run("umount", disk.toString());
  }

  private int run(String... command) throws IOException, InterruptedException {
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("mount.txt").toFile())
        .start()
        .waitFor();
  }

  @Test
  void aSearchOnAFullDiskSaysSoAndGoesOnWhenThereIsRoom() throws Exception {
    SearchRuns runs = new SearchRuns(directory);
    String settings =
        runs.settings(
            "full",
            "xfernas.tables.warehouse = \"%s/warehouse\"".formatted(disk),
            "xfernas.search { mode = synchronous, batch = 1, budget.evaluations = %d }"
                .formatted(EVALUATIONS));
    assertThat(runs.start(settings).waitFor()).isEqualTo(1);
    String said = Files.readString(runs.output());
    assertThat(said)
        .contains("search failed: the disk of " + disk.resolve("warehouse") + " has 0 MB free")
        .contains("make room there")
        .doesNotContain("\tat org.xfernas");
    // Whoever reads the tables needs no more room than there is.
    assertThat(run("mount", "-o", "remount,size=64m", disk.toString())).isZero();
    List<Integer> before = numbers(runs, settings);
    assertThat(before).isNotEmpty().hasSizeLessThan(EVALUATIONS);

    assertThat(runs.start(settings).waitFor()).as(Files.readString(runs.output())).isZero();
    assertThat(numbers(runs, settings))
        .containsExactlyElementsOf(IntStream.rangeClosed(1, EVALUATIONS).boxed().toList());
  }

  private static List<Integer> numbers(SearchRuns runs, String settings) {
    try (Warehouse warehouse = Warehouse.open(runs.tables(settings))) {
      return RecordedSearch.read(warehouse, "full", SearchRuns.SPACE).trials().stream()
          .map(trial -> trial.proposal().number())
          .toList();
    }
  }
}
