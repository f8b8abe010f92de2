package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.UncheckedIOException;
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
