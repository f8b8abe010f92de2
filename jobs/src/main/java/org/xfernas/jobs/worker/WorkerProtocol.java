package org.xfernas.jobs.worker;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonSubTypes.Type;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.BlockCells;
import org.xfernas.search.space.EdgeCell;

/** The form of everything that goes between driver, supervisor and worker: one line of JSON. */
public final class WorkerProtocol {

  /** Exit code of a worker that ran out of memory: HotSpot's own for ExitOnOutOfMemoryError. */
  public static final int OUT_OF_MEMORY_EXIT = 3;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .addMixIn(Architecture.class, ArchitectureKinds.class)
          .build();

  @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
  @JsonSubTypes({
    @Type(name = "edge-cell", value = EdgeCell.class),
    @Type(name = "block-cell", value = BlockCells.class)
  })
  private interface ArchitectureKinds {}

  private WorkerProtocol() {}

  /** The line, without its end, that {@link #read} reads back to an equal value. */
  public static String write(Object value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("Cannot write %s as JSON".formatted(value), e);
    }
  }

  /**
   * The value of a line.
   *
   * @throws IllegalArgumentException where the line holds no such value
   */
  public static <T> T read(String line, Class<T> type) {
    try {
      return MAPPER.readValue(line, type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "Cannot read a %s: %s (line=%s)"
              .formatted(type.getSimpleName(), e.getOriginalMessage(), line),
          e);
    }
  }
}
