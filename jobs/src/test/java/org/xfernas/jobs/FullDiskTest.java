package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FullDiskTest {
  @TempDir Path directory;

  private Config config() {
    return ConfigFactory.parseMap(
        Map.of(
            "xfernas.tables.warehouse",
            directory.resolve("not/yet").toString(),
            "xfernas.output",
            "s3://bucket/runs"));
  }

  @Test
  void aFullDiskIsFoundBelowOtherFailuresAndItsMendNamed() {
    Throwable failure =
        new IllegalStateException(
            "the search broke off",
            new UncheckedIOException(new IOException("trials.parquet: No space left on device")));
    assertThat(FullDisk.explain(failure, config()))
        .hasValueSatisfying(
            sentence ->
                assertThat(sentence)
                    .startsWith("the disk of ")
                    .contains(" MB free", "trials.parquet", "make room", "the same command again"));
  }

  @Test
  void aFileThatIsNamedSaysWhichPlaceItIs() {
    Path sweep = directory.resolve("sweep");
    Config config =
        ConfigFactory.parseMap(Map.of("xfernas.ablation.output", sweep.toString()))
            .withFallback(config());
    assertThat(FullDisk.explain(full(sweep.resolve("report.html")), config).orElseThrow())
        .contains("(xfernas.ablation.output=%s)".formatted(sweep));
    Path answer = directory.resolve("answer.csv");
    assertThat(FullDisk.explain(full(answer), config).orElseThrow())
        .startsWith("the disk of %s has ".formatted(answer))
        .contains("(file=%s)".formatted(answer));
  }

  private static Throwable full(Path file) {
    return new IllegalStateException(
        new FileSystemException(file.toString(), null, "No space left on device"));
  }

  @Test
  void whatTheCatalogSaysIsKnownToo() {
    Throwable failure = new IllegalStateException("commit failed");
    failure.addSuppressed(new IllegalStateException("[SQLITE_FULL] database or disk is full"));
    assertThat(FullDisk.explain(failure, ConfigFactory.empty())).isPresent();
  }

  @Test
  void anotherFailureIsNone() {
    assertThat(FullDisk.explain(new IllegalStateException(), config())).isEmpty();
    assertThat(FullDisk.explain(new IOException("no such file"), config())).isEmpty();
  }
}
