package org.xfernas.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.xfernas.jobs.WholeFile;

/** The summary.json that every job ends with: one object, keys in snake_case, null for unknown. */
public final class SummaryFile {
  /** Of the file, in the directory of its job. */
  public static final String NAME = "summary.json";

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private SummaryFile() {}

  /** A record or an ordered map as the file has it, on one line. */
  public static String text(Object summary) {
    try {
      return JSON.writer().without(SerializationFeature.INDENT_OUTPUT).writeValueAsString(summary);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads what {@link #text} wrote. */
  public static <T extends Record> T read(String text, Class<T> type) {
    try {
      return JSON.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("Cannot read a summary", e);
    }
  }

  /**
   * Writes a record or an ordered map to the directory, which is made where it is missing; returns
   * the path.
   */
  public static Path write(Path directory, Object summary) throws IOException {
    Files.createDirectories(directory);
    Path path = directory.resolve(NAME);
    WholeFile.write(path, JSON.writeValueAsString(summary) + "\n");
    return path;
  }
}
