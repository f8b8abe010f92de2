package org.xfernas.jobs.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;

class HistoryArgumentsTest {
  @TempDir Path directory;

  @Test
  void directoriesAreNoFiles() {
    assertThatThrownBy(() -> read("--file", directory.toString(), "--output", directory.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("name the file with the query (--file %s)".formatted(directory))
        .hasMessageContaining("name a file in it (--output %s)".formatted(directory));
  }

  @Test
  void aQueryIsTextInUtf8() throws IOException {
    Path file = Files.writeString(directory.resolve("query.sql"), "SELECT 'é'");
    assertThat(read("--file", file.toString()).query()).isEqualTo("SELECT 'é'");
    Files.write(file, new byte[] {'S', (byte) 0xE9});
    assertThatThrownBy(() -> read("--file", file.toString()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("not text in UTF-8")
        .hasMessageContaining("(--file %s)".formatted(file));
  }

  private static HistoryArguments read(String... arguments) {
    return HistoryArguments.read(List.of(arguments));
  }
}
