package org.xfernas.jobs.report;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchSummary;

/**
 * The report of one search, or of several side by side, as an HTML file that needs nothing else:
 * charts drawn by Vega, tables with the same numbers, and what it takes to run the search again.
 *
 * @param searches in the order in which they are shown
 */
public record SearchPage(List<Shown> searches) {
  public SearchPage {
    searches = List.copyOf(searches);
  }

  /**
   * A search.
   *
   * @param summary of it
   * @param progress all of its proposals and trials
   * @param picture of the best cell, as SVG; empty where there is none
   * @param without the same search without sources, perhaps by other seeds, where there were any
   * @param configuration that its results depend on, as JSON
   * @param version of the table of trials that it read, as {@code xfernas.search.snapshot} names
   *     it; empty where it read none
   * @param cost column of a table that stands for the time of an evaluation; empty where it is in
   *     seconds
   * @param state what became of it
   */
  public record Shown(
      SearchSummary summary,
      SearchProgress progress,
      Optional<String> picture,
      List<SearchProgress> without,
      String configuration,
      Optional<String> version,
      Optional<String> cost,
      String state) {
    public Shown {
      without = List.copyOf(without);
    }

    /** Its candidates, in the order of their numbers. */
    List<Candidate> candidates() {
      return Candidate.of(progress);
    }

    /** The picture as the address of an image. */
    Optional<String> image() {
      return picture.map(
          svg ->
              "data:image/svg+xml;base64,"
                  + Base64.getEncoder().encodeToString(svg.getBytes(StandardCharsets.UTF_8)));
    }

    /** Name of the guiding metric. */
    String metric() {
      return progress.objective().metric().replace('_', ' ');
    }

    /** What the best reached; empty where none completed. */
    String best() {
      return summary.best().map(best -> Words.number(best.validationAccuracy())).orElse("");
    }

    /** Its test accuracy; empty where none is known. */
    String test() {
      return summary.best().map(best -> Words.number(best.testAccuracy())).orElse("");
    }

    /** The evaluation from which on its own trials outweigh the sources. */
    String handOver() {
      return summary.handOver().isPresent()
          ? "from evaluation " + summary.handOver().getAsInt()
          : "not reached";
    }

    /** Time of all evaluations together. */
    String evaluationTime() {
      return time(progress.gpuSeconds());
    }

    /** A time by the evaluator's clock; the bare number, with its column, where it is no time. */
    String time(double spent) {
      return cost.map(column -> "%s (%s)".formatted(Words.number(spent), column))
          .orElseGet(() -> Words.time(spent));
    }

    /** The version of the tables that its sources were read at; nothing where they were not. */
    String snapshot() {
      if (summary.sourceSnapshot().isPresent()) {
        return "Sources read at snapshot %d of the table of trials."
            .formatted(summary.sourceSnapshot().getAsLong());
      }
      return version.isPresent() ? "There was no trial yet to learn from." : "";
    }

    /** Options of the job that search again from the same sources, beside the configuration. */
    String again() {
      String id = "--set xfernas.search.id=%s-again".formatted(summary.searchId());
      return version.map(one -> id + " --set xfernas.search.snapshot=" + one).orElse(id);
    }

    /** Seconds that candidates waited for a slot, all together. */
    double secondsWaiting() {
      return progress.trials().stream()
          .mapToDouble(trial -> trial.result().execution().secondsWaiting())
          .sum();
    }

    /** Whether its candidates were looked up, so that its times are what a table has for them. */
    boolean simulated() {
      return !progress.trials().isEmpty()
          && progress.trials().stream()
              .allMatch(trial -> trial.result().execution().place().versions().isEmpty());
    }

    /** What computed it. */
    String versions() {
      Map<String, String> versions = new TreeMap<>();
      progress
          .trials()
          .forEach(trial -> versions.putAll(trial.result().execution().place().versions()));
      return versions.isEmpty()
          ? "values of a table"
          : versions.entrySet().stream()
              .map(version -> version.getKey() + " " + version.getValue())
              .collect(Collectors.joining(", "));
    }
  }

  /**
   * A search as the charts need it.
   *
   * @param cost as {@link Shown} has it
   * @param cells the pictures that its cards show, packed
   */
  private record Charted(
      String id,
      String metric,
      Optional<String> cost,
      boolean minimize,
      OptionalInt handOver,
      List<Candidate> candidates,
      List<List<Candidate>> without,
      String cells) {}

  /** The metrics that guided them. */
  List<String> metrics() {
    return searches.stream().map(Shown::metric).distinct().toList();
  }

  /** Writes the page to a file, whose directory is made where it is missing. */
  public void write(Path file) throws IOException {
    HtmlPage.of(title(), "search.js", searches.stream().map(SearchPage::charted).toList())
        .write(file, "search.jte", this);
  }

  private String title() {
    return searches.stream()
        .map(search -> search.summary().searchId())
        .collect(Collectors.joining(" and ", "Report of ", ""));
  }

  private static Charted charted(Shown search) {
    List<Candidate> candidates = search.candidates();
    return new Charted(
        search.summary().searchId(),
        search.metric(),
        search.cost(),
        search.progress().objective().minimize(),
        search.summary().handOver(),
        candidates,
        search.without().stream().map(Candidate::of).toList(),
        packed(pictures(candidates)));
  }

  /** As SVG by the texts of the architectures, each once. */
  private static Map<String, String> pictures(List<Candidate> candidates) {
    Map<String, String> pictures = new TreeMap<>();
    candidates.stream()
        .flatMap(
            one ->
                Stream.concat(
                    Stream.of(one.details().proposal().architecture()), one.otherCell().stream()))
        .forEach(cell -> pictures.computeIfAbsent(cell.text(), text -> CellDrawing.of(cell)));
    return pictures;
  }

  /** Pictures of cells are so alike that they take a tenth of their size. */
  private static String packed(Map<String, String> pictures) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(bytes)) {
      packing.write(SummaryFile.text(pictures).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException("Cannot write to memory", e);
    }
    return Base64.getEncoder().encodeToString(bytes.toByteArray());
  }
}
