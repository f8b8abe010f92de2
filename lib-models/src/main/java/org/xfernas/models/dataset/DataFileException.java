package org.xfernas.models.dataset;

import java.nio.file.Path;

/**
 * A data file that is missing or is not what its name says: names the file, where, and the mend.
 */
public final class DataFileException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private DataFileException(Path file, String reason, String mend) {
    super("Cannot read %s: %s; %s".formatted(file, reason, mend));
  }

  /** A file that is not there, or cannot be opened. */
  static DataFileException missing(Path file, String mend) {
    return new DataFileException(file, "no such file", mend);
  }

  /**
   * A file whose content is wrong at one place.
   *
   * @param position where, in words: {@code offset 0}, {@code line 3 column 65}
   * @param expected what should have stood there
   * @param found what stands there
   */
  static DataFileException at(
      Path file, String position, String expected, String found, String mend) {
    return new DataFileException(
        file, "expected %s at %s, found %s".formatted(expected, position, found), mend);
  }

  /** A label that the format does not have. */
  static DataFileException label(Path file, String position, int classes, int found) {
    return at(
        file,
        position,
        "a label from 0 to " + (classes - 1),
        String.valueOf(found),
        "set xfernas.data.format to the format of this file");
  }

  /** A file that ends before its content does. */
  static DataFileException truncated(Path file, long expectedBytes, long foundBytes) {
    return new DataFileException(
        file,
        "the file is truncated: expected %d bytes, found %d, it ends at offset %d"
            .formatted(expectedBytes, foundBytes, foundBytes),
        "fetch the official file again");
  }

  /** Two files that do not belong together, or one with the wrong amount of content. */
  static DataFileException of(Path file, String reason, String mend) {
    return new DataFileException(file, reason, mend);
  }
}
