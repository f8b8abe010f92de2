package org.xfernas.jobs.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.config.Settings;

class TablesSettingsTest {
  @TempDir Path directory;

  record Sections(TablesSettings tables) {}

  private static TablesSettings read(String text) {
    var config = ConfigFactory.parseString("xfernas.tables {\n" + text + "\n}");
    var effective = config.withFallback(ConfigFactory.defaultReference()).resolve();
    return Settings.read(effective, Sections.class).tables();
  }

  @Test
  void aWarehouseThatDoesNotExistYetIsNotMadeByTheCheck() {
    Path warehouse = directory.resolve("new/warehouse");
    assertThat(read("warehouse = \"%s\"".formatted(warehouse)).warehouse()).isEqualTo(warehouse);
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void aWarehouseThatCannotBeWrittenToIsRefused() throws IOException {
    Path file = Files.createFile(directory.resolve("file"));
    assertThatThrownBy(() -> read("warehouse = \"%s/warehouse\"".formatted(file)))
        .hasMessageContaining("xfernas.tables.warehouse = \"%s/warehouse\"".formatted(file))
        .hasMessageContaining("choose a directory that this user may write to");
  }

  @Test
  void anyPropertiesOfACatalogAreTaken() {
    assertThat(read("catalog { type = rest, uri = \"http://host/\", s3.endpoint = x }").catalog())
        .containsEntry("type", "rest")
        .containsEntry("uri", "http://host/")
        .containsEntry("s3.endpoint", "x");
  }
}
