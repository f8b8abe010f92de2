package org.xfernas.jobs.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchSummary;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Epoch;

/**
 * One search, or several side by side, as an HTML file that needs nothing else: charts drawn by
 * Vega, tables with the same numbers, and what it takes to run the search again.
 *
 * @param searches in the order in which they are shown
 */
public record SearchPage(List<Shown> searches) {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .registerModule(new Jdk8Module())
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE);

  /** Scripts come as data, so that none of their characters can end an element. */
  private static final List<String> SCRIPTS =
      List.of(
          "/META-INF/resources/webjars/vega/5.32.0/vega.min.js",
          "/META-INF/resources/webjars/vega-lite/5.23.0/vega-lite.min.js",
          "report.js");

  public SearchPage {
    searches = List.copyOf(searches);
  }

  /**
   * A search.
   *
   * @param summary of it
   * @param progress all of its proposals and trials
   * @param picture of the best cell, as SVG; empty where there is none
   * @param configuration that its results depend on, as JSON
   * @param state what became of it
   */
  public record Shown(
      SearchSummary summary,
      SearchProgress progress,
      Optional<String> picture,
      String configuration,
      String state) {}

  /** A candidate as the charts need it; times in seconds since the first launch. */
  private record Candidate(
      int number,
      String status,
      OptionalDouble accuracy,
      OptionalDouble best,
      OptionalDouble bestTest,
      OptionalDouble predicted,
      OptionalDouble deviation,
      OptionalDouble universal,
      OptionalDouble residual,
      OptionalDouble launched,
      OptionalDouble started,
      OptionalDouble finished,
      List<Epoch> curve) {}

  /** A search as the charts need it. */
  private record Charted(
      String id, String metric, OptionalInt handOver, List<Candidate> candidates) {}

  /** Writes the page to a file, whose directory is made where it is missing. */
  public void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(file, html());
  }

  /** The page. */
  String html() {
    String title =
        searches.stream()
            .map(search -> search.summary().searchId())
            .collect(Collectors.joining(" and ", "Report of ", ""));
    HtmlWriter html = new HtmlWriter();
    html.start("html", "lang", "en").start("head");
    html.single("meta", "charset", "utf-8");
    html.single("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    html.single(
        "meta",
        "http-equiv",
        "Content-Security-Policy",
        "content",
        "default-src 'none'; script-src data: 'unsafe-eval'; style-src 'unsafe-inline'; img-src data:");
    html.element("title", title);
    html.element("style", new String(resource("report.css"), StandardCharsets.UTF_8));
    html.end();
    html.start("body").start("main");
    html.element("h1", title);
    if (searches.size() > 1) {
      compared(html);
    }
    for (int i = 0; i < searches.size(); i++) {
      search(html, searches.get(i), i);
    }
    html.end();
    html.element("script", charted(), "type", "application/json", "id", "data");
    for (String script : SCRIPTS) {
      String data = Base64.getEncoder().encodeToString(resource(script));
      html.element("script", "", "src", "data:text/javascript;base64," + data);
    }
    html.end();
    html.end();
    return html.html();
  }

  private void compared(HtmlWriter html) {
    html.element("h2", "Side by side");
    chart(html, "compared", "Best so far against evaluations, one line per search");
    html.table(
        "Searches",
        List.of("search", "task", "optimizer", "transfer", "evaluations", "failed", "best", "test"),
        searches.stream()
            .map(Shown::summary)
            .map(
                summary ->
                    List.of(
                        summary.searchId(),
                        summary.task(),
                        summary.optimizer(),
                        summary.transfer(),
                        Integer.toString(summary.evaluations()),
                        Integer.toString(summary.failed()),
                        number(best(summary)),
                        number(
                            summary
                                .best()
                                .map(SearchSummary.Best::testAccuracy)
                                .orElse(OptionalDouble.empty()))))
            .toList());
  }

  private static OptionalDouble best(SearchSummary summary) {
    return optional(summary.best().map(SearchSummary.Best::validationAccuracy));
  }

  private static void search(HtmlWriter html, Shown search, int index) {
    SearchSummary summary = search.summary();
    SearchProgress progress = search.progress();
    html.start("section", "aria-labelledby", "search" + index);
    html.element("h2", summary.searchId(), "id", "search" + index);
    facts(html, search);
    html.element("h3", "Progress");
    chart(html, "best" + index, "Best so far against evaluations; the candidates table has it too");
    summary
        .best()
        .ifPresent(
            best -> {
              html.element("h3", "Best cell");
              html.start("p").start("code").text(best.architecture()).end();
              html.end();
            });
    search
        .picture()
        .ifPresent(
            picture ->
                html.single(
                    "img",
                    "class",
                    "cell",
                    "alt",
                    "The best cell, which is written out above",
                    "src",
                    "data:image/svg+xml;base64,"
                        + Base64.getEncoder()
                            .encodeToString(picture.getBytes(StandardCharsets.UTF_8))));
    if (!summary.sourceTasks().isEmpty()) {
      sources(html, search, index);
    }
    html.element("h3", "Timeline");
    chart(html, "timeline" + index, "When each trial waited and ran, by the evaluator's clock");
    if (progress.proposals().stream()
        .anyMatch(proposal -> proposal.explanation().prediction().isPresent())) {
      html.element("h3", "Predicted against actual");
      chart(html, "predicted" + index, "What the surrogate expected of each candidate");
    }
    if (progress.trials().stream().anyMatch(trial -> !trial.result().curve().isEmpty())) {
      html.element("h3", "Learning curves");
      chart(html, "curves" + index, "Validation accuracy after each epoch, one line per candidate");
      html.start("details").element("summary", "Epochs as a table");
      html.table("Epochs", List.of("candidate", "epoch", "loss", "accuracy"), epochs(progress));
      html.end();
    }
    candidates(html, progress, index);
    provenance(html, search);
    html.end();
  }

  private static void facts(HtmlWriter html, Shown search) {
    SearchSummary summary = search.summary();
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("task", summary.task());
    facts.put("optimizer", summary.optimizer() + ", transfer " + summary.transfer());
    facts.put("state", search.state());
    facts.put("evaluations", "%d, %d failed".formatted(summary.evaluations(), summary.failed()));
    facts.put("best " + search.progress().objective().metric(), number(best(summary)));
    summary
        .best()
        .filter(best -> best.testAccuracy().isPresent())
        .ifPresent(best -> facts.put("its test accuracy", number(best.testAccuracy())));
    facts.put(
        "cost",
        String.format(
            Locale.ROOT,
            "%.0f s of evaluation, %.1f s of the optimizer",
            summary.gpuDays() * Duration.ofDays(1).toSeconds(),
            summary.optimizerSeconds()));
    if (summary.handOver().isPresent()) {
      facts.put("hand-over", "from evaluation " + summary.handOver().getAsInt());
    }
    html.start("dl");
    facts.forEach(
        (name, value) -> {
          html.start("div").element("dt", name);
          html.element("dd", value);
          html.end();
        });
    html.end();
  }

  private static void sources(HtmlWriter html, Shown search, int index) {
    html.element("h3", "Sources");
    chart(html, "shares" + index, "Shares of the sources' part and of the target's own part");
    Map<String, Source> last = new TreeMap<>();
    for (Proposal proposal : search.progress().proposals()) {
      raisedBy(proposal).forEach(source -> last.put(source.task(), source));
    }
    html.table(
        "Sources at the last proposal",
        List.of("source", "evaluations", "similarity", "uncertainty", "weight"),
        search.summary().sourceTasks().stream()
            .map(
                source -> {
                  Optional<Source> now = Optional.ofNullable(last.get(source.task()));
                  return List.of(
                      source.task(),
                      Integer.toString(source.evaluations()),
                      number(optional(now.map(Source::similarity))),
                      number(optional(now.map(Source::uncertainty))),
                      number(optional(now.map(Source::weight))));
                })
            .toList());
  }

  private static void candidates(HtmlWriter html, SearchProgress progress, int index) {
    html.element("h3", "Candidates");
    String id = "candidates" + index;
    html.start("p", "class", "controls").start("label").text("Filter ");
    html.single("input", "type", "search", "data-filter", id);
    html.end();
    html.start("label").text(" Status ").start("select", "data-status", id);
    List.of("all", "completed", "failed", "open").forEach(status -> html.element("option", status));
    html.end();
    html.end();
    html.element("output", "", "data-count", id);
    html.end();
    html.start("div", "class", "scroll", "tabindex", "0", "role", "region");
    html.start("table", "id", id, "class", "sortable");
    html.element("caption", "Candidates; a heading sorts");
    html.start("thead").start("tr");
    for (String heading :
        List.of(
            "number",
            "architecture",
            "status",
            "accuracy",
            "test",
            "best so far",
            "predicted",
            "sources' share",
            "own share",
            "raised by",
            "without sources",
            "why",
            "seconds")) {
      html.start("th", "scope", "col").element("button", heading, "type", "button");
      html.end();
    }
    html.end();
    html.end();
    html.start("tbody");
    Map<Integer, Trial> trials = byNumber(progress);
    Map<Integer, Trial> incumbents = incumbents(progress);
    for (Proposal proposal : progress.proposals()) {
      candidate(html, proposal, trials, incumbents, id);
    }
    html.end();
    html.end();
    html.end();
  }

  private static void candidate(
      HtmlWriter html,
      Proposal proposal,
      Map<Integer, Trial> trials,
      Map<Integer, Trial> incumbents,
      String table) {
    Optional<TrialResult> result =
        Optional.ofNullable(trials.get(proposal.number())).map(Trial::result);
    Optional<TransferShares> shares = proposal.explanation().transfer();
    String failure =
        result
            .flatMap(TrialResult::failure)
            .map(
                found ->
                    ": %s, %s"
                        .formatted(
                            found.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                            found.reason()))
            .orElse("");
    html.start(
        "tr", "id", table + "-" + proposal.number(), "data-is", status(result), "tabindex", "-1");
    for (String cell :
        List.of(
            Integer.toString(proposal.number()),
            proposal.architecture().text(),
            status(result) + failure,
            number(validation(result)),
            number(result.map(is -> is.scores().test()).orElse(OptionalDouble.empty())),
            number(
                validation(
                    Optional.ofNullable(incumbents.get(proposal.number())).map(Trial::result))),
            proposal
                .explanation()
                .prediction()
                .map(
                    prediction ->
                        number(OptionalDouble.of(prediction.mean()))
                            + " ± "
                            + number(OptionalDouble.of(prediction.standardDeviation())))
                .orElse(""),
            number(optional(shares.map(TransferShares::universal))),
            number(optional(shares.map(TransferShares::residual))),
            raisedBy(proposal)
                .filter(source -> source.weight() > 0)
                .map(
                    source ->
                        source.task() + " " + number(OptionalDouble.of(source.weight())))
                .collect(Collectors.joining(", ")),
            proposal.explanation().shadow().map(Architecture::text).orElse(""),
            proposal.explanation().reason(),
            number(optional(result.map(is -> is.execution().secondsTraining()))))) {
      html.element("td", cell);
    }
    html.end();
  }

  private static void provenance(HtmlWriter html, Shown search) {
    SearchSummary summary = search.summary();
    html.element("h3", "Provenance");
    html.start("p")
        .text(
            "Seed %d; sources read at %s; computed by %s. To run it again, with the configuration below in search.conf: "
                .formatted(
                    summary.seed(),
                    summary.sourceSnapshot().isPresent()
                        ? "snapshot " + summary.sourceSnapshot().getAsLong()
                        : "no snapshot of the table of trials",
                    versions(search.progress())));
    html.start("code")
        .text(
            "submit-scripts/submit.sh search --conf search.conf --set xfernas.search.id=%s-again"
                .formatted(summary.searchId()))
        .end();
    html.end();
    html.start("details").element("summary", "Configuration");
    html.element("pre", "{\"xfernas\": " + search.configuration() + "}");
    html.end();
  }

  private static String versions(SearchProgress progress) {
    Map<String, String> versions = new TreeMap<>();
    progress.trials().forEach(trial -> versions.putAll(trial.result().execution().place().versions()));
    return versions.isEmpty()
        ? "a table"
        : versions.entrySet().stream()
            .map(version -> version.getKey() + " " + version.getValue())
            .collect(Collectors.joining(", "));
  }

  private static List<List<String>> epochs(SearchProgress progress) {
    List<List<String>> rows = new ArrayList<>();
    for (Trial trial : progress.trials()) {
      for (Epoch epoch : trial.result().curve()) {
        rows.add(
            List.of(
                Integer.toString(trial.proposal().number()),
                Integer.toString(epoch.epoch()),
                number(OptionalDouble.of(epoch.trainingLoss())),
                number(OptionalDouble.of(epoch.validationAccuracy()))));
      }
    }
    return rows;
  }

  private static void chart(HtmlWriter html, String id, String description) {
    html.start("figure").start("div", "id", id, "role", "img", "aria-label", description).end();
    html.element("figcaption", description);
    html.end();
  }

  /** The numbers of the charts as JSON without the characters that mean something in HTML. */
  private String charted() {
    try {
      return JSON.writeValueAsString(searches.stream().map(SearchPage::charted).toList())
          .replace("<", "\\u003c")
          .replace(">", "\\u003e")
          .replace("&", "\\u0026");
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Charted charted(Shown search) {
    SearchProgress progress = search.progress();
    Map<Integer, Trial> trials = byNumber(progress);
    Map<Integer, Trial> incumbents = incumbents(progress);
    Optional<Instant> start =
        progress.trials().stream().map(SearchPage::launched).min(Instant::compareTo);
    return new Charted(
        search.summary().searchId(),
        progress.objective().metric(),
        search.summary().handOver(),
        progress.proposals().stream()
            .map(
                proposal ->
                    charted(
                        proposal,
                        Optional.ofNullable(trials.get(proposal.number())),
                        Optional.ofNullable(incumbents.get(proposal.number())),
                        start))
            .toList());
  }

  private static Candidate charted(
      Proposal proposal, Optional<Trial> trial, Optional<Trial> incumbent, Optional<Instant> start) {
    Optional<TrialResult> result = trial.map(Trial::result);
    Optional<Prediction> prediction = proposal.explanation().prediction();
    Optional<TransferShares> shares = proposal.explanation().transfer();
    return new Candidate(
        proposal.number(),
        status(result),
        validation(result),
        validation(incumbent.map(Trial::result)),
        incumbent.map(best -> best.result().scores().test()).orElse(OptionalDouble.empty()),
        optional(prediction.map(Prediction::mean)),
        optional(prediction.map(Prediction::standardDeviation)),
        optional(shares.map(TransferShares::universal)),
        optional(shares.map(TransferShares::residual)),
        seconds(start, trial.map(SearchPage::launched)),
        seconds(start, result.map(is -> is.execution().started())),
        seconds(start, result.map(is -> is.execution().finished())),
        result.map(TrialResult::curve).orElse(List.of()));
  }

  private static Instant launched(Trial trial) {
    TrialResult.Execution execution = trial.result().execution();
    return execution.started().minusNanos((long) (execution.secondsWaiting() * 1e9));
  }

  private static OptionalDouble seconds(Optional<Instant> from, Optional<Instant> to) {
    return optional(
        from.flatMap(start -> to.map(end -> Duration.between(start, end).toNanos() * 1e-9)));
  }

  private static Map<Integer, Trial> byNumber(SearchProgress progress) {
    Map<Integer, Trial> trials = new TreeMap<>();
    progress.trials().forEach(trial -> trials.put(trial.proposal().number(), trial));
    return trials;
  }

  private static Map<Integer, Trial> incumbents(SearchProgress progress) {
    Map<Integer, Trial> incumbents = new TreeMap<>();
    List<Optional<Trial>> best = progress.incumbents();
    for (int i = 0; i < best.size(); i++) {
      int number = progress.trials().get(i).proposal().number();
      best.get(i).ifPresent(trial -> incumbents.put(number, trial));
    }
    return incumbents;
  }

  private static Stream<Source> raisedBy(Proposal proposal) {
    return proposal.explanation().transfer().stream().flatMap(shares -> shares.sources().stream());
  }

  private static String status(Optional<TrialResult> result) {
    return result.map(is -> is.completed() ? "completed" : "failed").orElse("open");
  }

  private static OptionalDouble validation(Optional<TrialResult> result) {
    return result.map(is -> is.scores().validation()).orElse(OptionalDouble.empty());
  }

  private static OptionalDouble optional(Optional<Double> value) {
    return value.map(OptionalDouble::of).orElseGet(OptionalDouble::empty);
  }

  private static String number(OptionalDouble value) {
    return value.isPresent() ? String.format(Locale.ROOT, "%.2f", value.getAsDouble()) : "";
  }

  private static byte[] resource(String name) {
    try (InputStream resource = SearchPage.class.getResourceAsStream(name)) {
      return resource.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
