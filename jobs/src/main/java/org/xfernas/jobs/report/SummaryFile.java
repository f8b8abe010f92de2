package org.xfernas.jobs.report;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The summary.json that every job ends with: one object, keys in snake_case, null for unknown. */
public final class SummaryFile {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private SummaryFile() {}

  /**
   * Writes a record or an ordered map to the directory, which is made where it is missing; returns
   * the path.
   */
  public static Path write(Path directory, Object summary) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve("summary.json");
    Files.writeString(path, JSON.writeValueAsString(summary) + "\n");
    return path;
  }
}
