package org.xfernas.jobs;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Tells a disk without room from other failures of a job. */
public final class FullDisk {
  /** What the operating system and the embedded catalog say. */
  private static final List<String> SIGNS =
      List.of("No space left on device", "disk is full", "Disk quota exceeded");

  /** Where a job writes; what is no path, such as an address, is left out. */
  private static final List<String> SETTINGS =
      List.of("xfernas.tables.warehouse", "xfernas.output", "spark.local.dir");

  private FullDisk() {}

  /** A directory that a job writes to, and the setting that names it. */
  private record Place(String setting, Path directory, long free) {}

  /** A sentence for a person; empty where the failure is another one. */
  static Optional<String> explain(Throwable failure, Config config) {
    return causes(failure)
        .flatMap(cause -> Stream.of(String.valueOf(cause.getMessage())))
        .filter(message -> SIGNS.stream().anyMatch(message::contains))
        .findFirst()
        .map(message -> sentence(message.lines().findFirst().orElse(message), config));
  }

  private static String sentence(String message, Config config) {
    return Stream.concat(
            SETTINGS.stream()
                .filter(config::hasPath)
                .flatMap(setting -> place(setting, config.getString(setting)).stream()),
            place("java.io.tmpdir", System.getProperty("java.io.tmpdir")).stream())
        .min(Comparator.comparing(Place::free))
        .map(
            place ->
                "the disk of %s has %d MB free (%s=%s): %s; make room there, or choose another directory, and give the same command again: what is recorded stays"
                    .formatted(
                        place.directory, place.free >> 20, place.setting, place.directory, message))
        .orElse(message + "; make room, and give the same command again: what is recorded stays");
  }

  private static Optional<Place> place(String setting, String text) {
    if (text.contains("://")) {
      return Optional.empty();
    }
    Path directory = Path.of(text).toAbsolutePath();
    try {
      return Optional.of(new Place(setting, directory, usableSpace(directory)));
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  /** Bytes that can be written to the disk of a directory, which need not exist yet. */
  public static long usableSpace(Path directory) throws IOException {
    Path existing = directory.toAbsolutePath();
    while (!Files.exists(existing)) {
      existing = existing.getParent();
    }
    return Files.getFileStore(existing).getUsableSpace();
  }

  private static Stream<Throwable> causes(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())))
        .limit(100);
  }
}
