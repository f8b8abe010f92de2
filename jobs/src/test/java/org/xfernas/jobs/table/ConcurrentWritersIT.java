package org.xfernas.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.iceberg.expressions.Expressions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Processes that write to the same tables at once and are killed while they do. */
class ConcurrentWritersIT {
  @TempDir Path directory;

  @Test
  void nothingIsLostInTwentySecondsOfTwoWriters() throws Exception {
    writeAtOnce(2, Duration.ofSeconds(20));
  }

  @Test
  @Tag("acceptance")
  void nothingIsLostInThreeMinutesOfFourWriters() throws Exception {
    writeAtOnce(4, Duration.ofMinutes(3));
  }

  /** A process and the file with what it said. */
  private record Writer(String searchId, Process process, Path output) {

    /** The last number that it called durable, 0 before any. */
    int acknowledged() throws IOException {
      List<String> lines = Files.readAllLines(output);
      return lines.isEmpty() ? 0 : Integer.parseInt(lines.get(lines.size() - 1));
    }
  }

  /** Starts the writers, kills all of them in the midst of their work, and looks at the tables. */
  private void writeAtOnce(int count, Duration time) throws Exception {
    Warehouse.open(Samples.settings(directory)).close();
    List<Writer> writers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      writers.add(start("writer-" + i));
    }
    for (Writer writer : writers) {
      await().atMost(Duration.ofMinutes(2)).until(() -> writer.acknowledged() > 0);
    }
    TimeUnit.MILLISECONDS.sleep(time.toMillis());
    for (Writer writer : writers) {
      assertThat(writer.process().isAlive()).as("a writer is still writing").isTrue();
      writer.process().destroyForcibly().waitFor();
    }
    for (Writer writer : writers) {
      requireWholeAndComplete(writer.searchId(), writer.acknowledged());
    }
  }

  private void requireWholeAndComplete(String searchId, int acknowledged) {
    try (Warehouse warehouse = Warehouse.open(Samples.settings(directory))) {
      RecordedSearch found = RecordedSearch.read(warehouse, searchId, Samples.SPACE);
      int written = found.trials().size();
      assertThat(written).isGreaterThanOrEqualTo(acknowledged);
      assertThat(written % AppendingWriter.GROUP).as("only whole groups").isZero();
      assertThat(found.trials())
          .isEqualTo(IntStream.rangeClosed(1, written).mapToObj(Samples::completed).toList());
      assertThat(
              warehouse
                  .table(TrialsTable.DEFINITION)
                  .rows(Expressions.equal(TableDefinition.SEARCH_ID, searchId)))
          .as("no row is there twice")
          .hasSize(written);
    }
  }

  private Writer start(String searchId) throws IOException {
    Path output = Files.createFile(directory.resolve(searchId + ".txt"));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-cp",
                System.getProperty("java.class.path"),
                AppendingWriter.class.getName(),
                directory.toString(),
                searchId)
            .redirectOutput(output.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    return new Writer(searchId, process, output);
  }
}
