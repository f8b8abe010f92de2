package org.xfernas.jobs.report;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a night did: the fields of its summary.json, and its report as an HTML file that needs
 * nothing else. GPU times are seconds, as the evaluators count them.
 *
 * @param job {@code nightly}
 * @param id name of the nights
 * @param started when it began
 * @param finished when it ended, or when this was written of a night under way
 * @param state {@code running}, {@code finished}, {@code stopped} or {@code failed}
 * @param searches on what was due, in their order
 * @param notDue why not, by task
 * @param gpuSeconds of all its searches
 * @param gpuTime what they may take together; empty where each search's own budget alone counts
 * @param stopped whether somebody stopped it
 * @param maintenance what was done to the tables; empty where nothing was
 * @param maintenanceFailure why they could not be tidied up
 * @param provenance what it searched with; empty of nights that did not record it
 * @param report path of the page
 */
public record NightPage(
    String job,
    String id,
    String started,
    String finished,
    String state,
    List<Searched> searches,
    Map<String, String> notDue,
    double gpuSeconds,
    OptionalDouble gpuTime,
    boolean stopped,
    Optional<Maintenance> maintenance,
    Optional<String> maintenanceFailure,
    Optional<Provenance> provenance,
    String report) {
  /** The time of a night in the names of its searches and of its directory. */
  public static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyyMMdd'T'HHmmss.SSS").withZone(ZoneOffset.UTC);

  public NightPage {
    searches = List.copyOf(searches);
  }

  /**
   * A search of the night.
   *
   * @param task its name in the list
   * @param searchId name of the search
   * @param why it was due
   * @param state in which it was left; {@code waiting} while its turn is to come, {@code not
   *     started} where it never came
   * @param left why it was left so; empty where it was finished
   * @param gpuSeconds that it took in this night
   * @param failure what went wrong
   * @param found what it found
   * @param summary its summary.json
   * @param report its page
   */
  public record Searched(
      String task,
      String searchId,
      String why,
      String state,
      Optional<String> left,
      double gpuSeconds,
      Optional<String> failure,
      Optional<Found> found,
      Optional<String> summary,
      Optional<String> report) {

    /** The best of all searches on the task before it and after it, for the charts. */
    @JsonIgnore
    Optional<Progress> progress() {
      return found
          .filter(it -> it.after().isPresent())
          .map(it -> new Progress(task, it.metric(), it.before(), it.after()));
    }
  }

  /**
   * What a search of the night found, beside all earlier results on the same task, data, space,
   * protocol, fidelity and metric.
   *
   * @param metric that guided it
   * @param evaluations of the search so far, failed ones included
   * @param failed of these
   * @param before the best value before it; empty where there was none
   * @param after the best value now
   * @param architecture that has it
   */
  public record Found(
      String metric,
      int evaluations,
      int failed,
      OptionalDouble before,
      OptionalDouble after,
      Optional<String> architecture) {}

  /**
   * What was done to the tables.
   *
   * @param rewrittenFiles data files that were put together
   * @param writtenFiles data files that have their rows now
   * @param droppedVersions versions of tables that are no longer kept
   */
  public record Maintenance(long rewrittenFiles, long writtenFiles, long droppedVersions) {}

  /**
   * What a night searched with.
   *
   * @param version of the program; empty where it was not run from its jar
   * @param snapshot of the table of trials when the night began; empty where there was no trial
   * @param tasks that it was told to look at; none: all
   * @param configuration of the night and its searches, below {@code xfernas}, as JSON
   */
  public record Provenance(
      Optional<String> version, OptionalLong snapshot, List<String> tasks, String configuration) {

    /** Of this program. */
    public static Provenance of(OptionalLong snapshot, List<String> tasks, String configuration) {
      return new Provenance(HtmlPage.version(), snapshot, tasks, configuration);
    }

    /** The command that runs such a night. */
    String command() {
      return Stream.concat(
              Stream.of("submit-scripts/submit.sh nightly"),
              Stream.concat(tasks.stream(), Stream.of("--conf night.conf")))
          .collect(Collectors.joining(" "));
    }

    /** What the night knew when it began. */
    String known() {
      return snapshot.isPresent()
          ? "snapshot %d of the table of trials".formatted(snapshot.getAsLong())
          : "no trial";
    }
  }

  /** A task as the chart needs it. */
  record Progress(String task, String metric, OptionalDouble before, OptionalDouble after) {}

  /** What the charts show. */
  private record Charted(List<Cost> costs, List<Progress> progress, OptionalDouble gpuTime) {}

  private record Cost(String task, double seconds) {}

  /** When it began, to the second. */
  public String began() {
    return seconds(started);
  }

  /** When it ended, or this was written of a night under way, to the second. */
  String ended() {
    return seconds(finished);
  }

  private static String seconds(String time) {
    return Instant.parse(time).truncatedTo(ChronoUnit.SECONDS).toString();
  }

  /** How long it took, as a person reads it. */
  String duration() {
    return Words.time(
        Duration.between(Instant.parse(started), Instant.parse(finished)).toMillis() / 1e3);
  }

  /** The GPU time against its budget. */
  String cost() {
    return gpuTime.isPresent()
        ? "%s of %s (%.0f %%)"
            .formatted(
                Words.time(gpuSeconds),
                Words.time(gpuTime.getAsDouble()),
                100 * gpuSeconds / gpuTime.getAsDouble())
        : Words.time(gpuSeconds) + ", without a limit";
  }

  /** How many searches ended in this state. */
  public long count(String ended) {
    return searches.stream().filter(search -> search.state().equals(ended)).count();
  }

  /** Whether any search was evaluated to a value. */
  boolean hasProgress() {
    return searches.stream().anyMatch(search -> search.progress().isPresent());
  }

  /** Whether any search cost something. */
  boolean hasCosts() {
    return searches.stream().anyMatch(search -> search.gpuSeconds() > 0);
  }

  /** The address of a search's page, seen from this one. */
  String link(String page) {
    Path directory = Path.of(report).toAbsolutePath().normalize().getParent();
    Path target = Path.of(page).toAbsolutePath().normalize();
    // What stands in a table never becomes an address of another kind.
    return "./" + directory.relativize(target);
  }

  /** The same night with a page elsewhere. */
  public NightPage at(Path page) {
    return new NightPage(
        job,
        id,
        started,
        finished,
        state,
        searches,
        notDue,
        gpuSeconds,
        gpuTime,
        stopped,
        maintenance,
        maintenanceFailure,
        provenance,
        page.toString());
  }

  /** Writes the page to where {@link #report} says; its directory is made where it is missing. */
  public void write() throws IOException {
    Charted charted =
        new Charted(
            searches.stream()
                .filter(search -> search.gpuSeconds() > 0)
                .map(search -> new Cost(search.task(), search.gpuSeconds()))
                .toList(),
            searches.stream().flatMap(search -> search.progress().stream()).toList(),
            gpuTime);
    String title = "Report of the night %s-%s".formatted(id, TIME.format(Instant.parse(started)));
    HtmlPage.of(title, "night.js", charted).write(Path.of(report), "night.jte", this);
  }
}
