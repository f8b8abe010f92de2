package org.xfernas.jobs.history;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.xfernas.jobs.JobArguments;
import org.xfernas.jobs.UsageException;
import picocli.CommandLine.Option;

/** What the job is told: a query, and where its answer goes. */
final class HistoryArguments {
  @Option(names = "--sql")
  private Optional<String> sql = Optional.empty();

  @Option(names = "--file")
  private Optional<Path> file = Optional.empty();

  @Option(names = "--format")
  private String format = "table";

  @Option(names = "--output")
  private Optional<Path> output = Optional.empty();

  @Option(names = "--views")
  private boolean views;

  @Option(names = "--console")
  private boolean console;

  private String query = "";

  static Set<String> options() {
    return JobArguments.options(new HistoryArguments());
  }

  /**
   * Reads and checks them.
   *
   * @throws UsageException with every problem
   */
  static HistoryArguments read(List<String> arguments) {
    HistoryArguments read = JobArguments.read("history", new HistoryArguments(), arguments);
    List<String> problems = new ArrayList<>();
    if (!read.views && !read.console && read.sql.isPresent() == read.file.isPresent()) {
      problems.add(
          "Cannot read the history: the job takes --sql and one query, or --file and a file with one, or --views, or --console (arguments=%s)"
              .formatted(arguments));
    }
    read.query = read.file.map(file -> text(file, problems)).or(() -> read.sql).orElse("");
    if (read.knownFormat().isEmpty()) {
      problems.add(
          "Cannot read the history: --format must be one of %s (--format %s)"
              .formatted(
                  Arrays.stream(AnswerFormat.values())
                      .map(AnswerFormat::text)
                      .collect(Collectors.joining(", ")),
                  read.format));
    }
    if (read.knownFormat().equals(Optional.of(AnswerFormat.PARQUET)) && read.output.isEmpty()) {
      problems.add(
          "Cannot read the history: Parquet is not for the screen; add --output and a file (--format parquet)");
    }
    read.output
        .map(path -> path.toAbsolutePath().getParent())
        .filter(directory -> !Files.isDirectory(directory))
        .ifPresent(
            directory ->
                problems.add(
                    "Cannot read the history: there is no directory %s; make it, or correct the path (--output %s)"
                        .formatted(directory, read.output.get())));
    read.output
        .filter(Files::isDirectory)
        .ifPresent(
            directory ->
                problems.add(
                    "Cannot read the history: the answer is one file and this is a directory; name a file in it (--output %s)"
                        .formatted(directory)));
    if (!problems.isEmpty()) {
      throw new UsageException(problems);
    }
    return read;
  }

  /** What a file says; empty where it cannot be read. */
  private static String text(Path file, List<String> problems) {
    String problem;
    if (!Files.isReadable(file)) {
      problem = "there is no such file, seen from " + Path.of("").toAbsolutePath();
    } else if (Files.isDirectory(file)) {
      problem = "this is a directory; name the file with the query";
    } else {
      try {
        return Files.readString(file);
      } catch (CharacterCodingException e) {
        problem = "the file is not text in UTF-8; save it as such";
      } catch (IOException e) {
        problem = "the file cannot be read: " + e.getMessage();
      }
    }
    problems.add("Cannot read the history: %s (--file %s)".formatted(problem, file));
    return "";
  }

  private Optional<AnswerFormat> knownFormat() {
    return Arrays.stream(AnswerFormat.values())
        .filter(known -> known.text().equals(format.toLowerCase(Locale.ROOT)))
        .findFirst();
  }

  boolean views() {
    return views;
  }

  boolean console() {
    return console;
  }

  String query() {
    return query;
  }

  AnswerFormat format() {
    return knownFormat().orElseThrow();
  }

  Optional<Path> output() {
    return output;
  }
}
