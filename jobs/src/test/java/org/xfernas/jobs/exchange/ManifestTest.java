package org.xfernas.jobs.exchange;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
  @TempDir Path directory;

  @Test
  void itIsReplacedAsAWhole() throws IOException {
    Path file = directory.resolve("trials.csv");
    Path before = Files.writeString(Manifest.path(file), "before");
    Path link = Files.createLink(directory.resolve("link"), before);
    new Manifest(
            "trials.csv",
            "00",
            1,
            List.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Set.of(),
            Optional.empty(),
            List.of(),
            OptionalLong.empty(),
            Optional.empty())
        .write(file);
    assertThat(Manifest.claim(file).orElseThrow().rows()).isEqualTo(1);
    assertThat(link).as("not written into").hasContent("before");
  }
}
