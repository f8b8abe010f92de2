package org.xfernas.jobs;

import com.typesafe.config.Config;
import java.io.IOException;
import java.nio.file.FileSystemException;
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
      List.of(
          "xfernas.tables.warehouse",
          "xfernas.output",
          "xfernas.ablation.output",
          "spark.local.dir");

  private FullDisk() {}

  /** A directory or a file that a job writes to, and the setting that names it. */
  private record Place(String setting, Path directory, long free) {}

  /** A sentence for a person; empty where the failure is another one. */
  static Optional<String> explain(Throwable failure, Config config) {
    return signs(failure)
        .map(Throwable::getMessage)
        .findFirst()
        .map(message -> sentence(message.lines().findFirst().orElse(message), failure, config));
  }

  /** Whether a failure, or one below it, is a disk without room. */
  static boolean isFull(Throwable failure) {
    return signs(failure).findFirst().isPresent();
  }

  private static String sentence(String message, Throwable failure, Config config) {
    List<Place> places =
        Stream.concat(
                SETTINGS.stream()
                    .filter(config::hasPath)
                    .flatMap(setting -> place(setting, config.getString(setting)).stream()),
                place("java.io.tmpdir", System.getProperty("java.io.tmpdir")).stream())
            .toList();
    return fullFile(failure)
        .flatMap(file -> placeOf(file, places))
        .or(() -> places.stream().min(Comparator.comparing(Place::free)))
        .map(
            place ->
                "the disk of %s has %d MB free (%s=%s): %s; make room there, or choose another directory, and give the same command again: what is recorded stays"
                    .formatted(
                        place.directory, place.free >> 20, place.setting, place.directory, message))
        .orElse(message + "; make room, and give the same command again: what is recorded stays");
  }

  /** The file that there is no room for, where the failure names it. */
  private static Optional<Path> fullFile(Throwable failure) {
    return signs(failure)
        .filter(FileSystemException.class::isInstance)
        .map(cause -> ((FileSystemException) cause).getFile())
        .filter(Objects::nonNull)
        .map(file -> Path.of(file).toAbsolutePath().normalize())
        .findFirst();
  }

  /** The setting that a file is below, else the file itself. */
  private static Optional<Place> placeOf(Path file, List<Place> places) {
    return places.stream()
        .filter(place -> !place.setting.startsWith("java.") && file.startsWith(place.directory))
        .max(Comparator.comparing(place -> place.directory.getNameCount()))
        .or(() -> place("file", file.toString()));
  }

  private static Optional<Place> place(String setting, String text) {
    if (text.contains("://")) {
      return Optional.empty();
    }
    Path directory = Path.of(text).toAbsolutePath().normalize();
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

  /** What tells of a disk without room, of a failure and those below it. */
  private static Stream<Throwable> signs(Throwable failure) {
    return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
        .flatMap(cause -> Stream.concat(Stream.of(cause), Stream.of(cause.getSuppressed())))
        .limit(100)
        .filter(cause -> SIGNS.stream().anyMatch(String.valueOf(cause.getMessage())::contains));
  }
}
