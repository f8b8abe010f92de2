package org.xfernas.jobs.config;

import java.util.OptionalLong;

/**
 * The version of a table in a configuration: its number, or {@code none}.
 *
 * @param snapshot empty: as the table was before its first row
 */
public record TableVersion(OptionalLong snapshot) {
  static final String NONE = "none";

  /** As the configuration has it. */
  public String text() {
    return snapshot.isPresent() ? Long.toString(snapshot.getAsLong()) : NONE;
  }
}
