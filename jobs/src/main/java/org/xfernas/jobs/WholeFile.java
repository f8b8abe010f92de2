package org.xfernas.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.apache.hadoop.fs.FSError;

/** Writes a file whole or not at all: first beside it, then into its place. */
public final class WholeFile {
  private WholeFile() {}

  /** What writes the content to a path, and says something about it. */
  @FunctionalInterface
  public interface Writing<T> {
    /** Writes it. */
    T to(Path path) throws IOException;
  }

  /** Writes a text. */
  public static void write(Path file, String text) throws IOException {
    write(file, path -> Files.writeString(path, text));
  }

  /**
   * Writes it, and returns what the writing says.
   *
   * @throws FileSystemException that names the file where its disk is full
   */
  public static <T> T write(Path file, Writing<T> writing) throws IOException {
    // A device, such as /dev/stdout, takes the content as it comes.
    boolean replaces = !Files.exists(file) || Files.isRegularFile(file);
    // Two processes may write the same summary.
    Path written =
        replaces
            ? file.resolveSibling(
                "%s.%d.part".formatted(file.getFileName(), ProcessHandle.current().pid()))
            : file;
    try {
      T said = writing.to(written);
      if (replaces) {
        Files.move(written, file, StandardCopyOption.REPLACE_EXISTING);
      }
      return said;
    } catch (IOException | UncheckedIOException | FSError e) {
      if (!FullDisk.isFull(e)) {
        throw e;
      }
      FileSystemException full = new FileSystemException(file.toString(), null, e.getMessage());
      full.initCause(e);
      throw full;
    } finally {
      if (replaces) {
        Files.deleteIfExists(written);
      }
    }
  }
}
