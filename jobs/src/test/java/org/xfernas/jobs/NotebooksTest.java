package org.xfernas.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NotebooksTest {
  private static List<Path> notebooks() throws IOException {
    try (Stream<Path> files = Files.list(Script.ROOT.resolve("notebooks"))) {
      return files.filter(file -> file.toString().endsWith(".ipynb")).sorted().toList();
    }
  }

  /** Outputs would be of somebody's own tables, and stale. */
  @ParameterizedTest
  @MethodSource("notebooks")
  void itCarriesNoOutput(Path notebook) throws IOException {
    JsonNode root = new ObjectMapper().readTree(notebook.toFile());

    assertThat(root.at("/metadata/kernelspec/name").asText()).isEqualTo("xfernas");
    assertThat(root.get("cells")).isNotEmpty();
    for (JsonNode cell : root.get("cells")) {
      if (cell.get("cell_type").asText().equals("code")) {
        assertThat(cell.get("outputs")).as(cell.toString()).isEmpty();
        assertThat(cell.get("execution_count").isNull()).as(cell.toString()).isTrue();
      }
    }
  }
}
