package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WholeFileTest {
  @TempDir Path directory;

  @Test
  void whatIsNotWrittenToItsEndLeavesTheFileBeforeAlone() throws IOException {
    Path file = Files.writeString(directory.resolve("report"), "before");
    assertThatThrownBy(
            () ->
                WholeFile.write(
                    file,
                    path -> {
                      Files.writeString(path, "half");
                      throw new IOException("No space left on device");
                    }))
        .satisfies(
            failure ->
                assertThat(FullDisk.explain(failure, ConfigFactory.empty()).orElseThrow())
                    .startsWith("the disk of %s has ".formatted(file))
                    .contains("(file=%s)".formatted(file), "No space left"));
    assertThat(file).hasContent("before");
    assertThat(directory).isDirectoryNotContaining(path -> !path.equals(file));
    WholeFile.write(file, path -> Files.writeString(path, "after"));
    assertThat(file).hasContent("after");
  }
}
