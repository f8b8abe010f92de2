package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.search.Seed;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.SearchSummary;
import org.xfernas.search.run.SourceUse;
import org.xfernas.search.run.StopCriterion;
import org.xfernas.search.space.EdgeCell;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.Failure;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Prediction;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Proposal.Basis;
import org.xfernas.search.trial.Proposal.Explanation;
import org.xfernas.search.trial.TransferShares;
import org.xfernas.search.trial.TransferShares.Source;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult;
import org.xfernas.search.trial.TrialResult.Epoch;
import org.xfernas.search.trial.TrialResult.Execution;
import org.xfernas.search.trial.TrialResult.Place;
import org.xfernas.search.trial.TrialResult.Scores;
import org.xfernas.search.trial.TrialResult.Size;

class SearchPageTest {
  /** Text of a table that would take a page over. */
  static final String ATTACK = "</script><script>alert('x')</script><img src=x onerror=\"a()\">";

  private static final EdgeCellSpace SPACE = new EdgeCellSpace(3, List.of("none", "conv", "pool"));
  private static final EdgeCell FIRST = new EdgeCell(3, List.of("conv", "conv", "conv"));
  private static final EdgeCell THIRD = new EdgeCell(3, List.of("pool", "pool", "pool"));
  private static final EdgeCell SECOND = new EdgeCell(3, List.of("pool", "conv", "none"));
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir Path directory;

  private String page(SearchProgress progress) throws IOException {
    return page(progress, List.of());
  }

  private String page(SearchProgress progress, List<SearchProgress> without) throws IOException {
    return page(progress, without, OptionalLong.of(42), Optional.of("42"));
  }

  private String page(
      SearchProgress progress,
      List<SearchProgress> without,
      OptionalLong snapshot,
      Optional<String> version)
      throws IOException {
    return page(List.of(shown(progress, without, snapshot, version)));
  }

  private String page(List<SearchPage.Shown> searches) throws IOException {
    Path file = directory.resolve("deep/report.html");
    new SearchPage(searches).write(file);
    return Files.readString(file);
  }

  private static SearchPage.Shown shown(
      SearchProgress progress,
      List<SearchProgress> without,
      OptionalLong snapshot,
      Optional<String> version) {
    return shown(progress, without, snapshot, version, Optional.empty());
  }

  private static SearchPage.Shown shown(
      SearchProgress progress,
      List<SearchProgress> without,
      OptionalLong snapshot,
      Optional<String> version,
      Optional<String> cost) {
    SearchSummary summary =
        SearchSummary.of(
            new SearchSummary.Labels("run", "id " + ATTACK, "task " + ATTACK, "nao", "network"),
            new SearchPlan(
                progress.objective(),
                List.of(new StopCriterion.Evaluations(4)),
                SearchPlan.Mode.SYNCHRONOUS,
                OptionalInt.empty(),
                new Seed(7)),
            progress,
            snapshot,
            List.of(new SourceUse("source " + ATTACK, 64, 1, "")));
    return new SearchPage.Shown(
        summary,
        progress,
        progress.best().map(best -> CellDrawing.of(best.proposal().architecture())),
        without,
        "{\"search\":{\"task\":\"" + ATTACK + "\"}}",
        version,
        cost,
        "finished");
  }

  /** A random draw, a failure, a candidate without a result, and a success that sources raised. */
  private static SearchProgress progress(boolean minimize) {
    TransferShares shares =
        new TransferShares(0.75, 0.25, List.of(new Source("source " + ATTACK, 0.5, 0.125, 0.625)));
    Proposal drawn = proposal(1, THIRD, Explanation.of("random"));
    Proposal raised =
        new Proposal(
            4,
            FIRST,
            SPACE.id(FIRST),
            4,
            new Basis(List.of(1, 2), List.of(3)),
            new Explanation(
                "expected improvement",
                Optional.of(new Prediction(minimize ? -31.5 : 31.5, 1.25)),
                Optional.of(shares),
                Optional.of(SECOND)),
            0.5);
    Proposal failed = proposal(2, SECOND, Explanation.of("why " + ATTACK));
    return new SearchProgress(
        new Objective("loss", minimize),
        List.of(drawn, failed, proposal(3, SECOND, Explanation.of("random")), raised),
        List.of(
            new Trial(
                drawn,
                new TrialResult(
                    Optional.empty(),
                    new Scores(OptionalDouble.of(30), OptionalDouble.empty(), Map.of()),
                    List.of(),
                    Size.UNKNOWN,
                    execution(20))),
            new Trial(
                failed,
                new TrialResult(
                    Optional.of(new Failure(Failure.Kind.OUT_OF_MEMORY, ATTACK)),
                    Scores.NONE,
                    List.of(),
                    Size.UNKNOWN,
                    execution(10))),
            new Trial(
                raised,
                new TrialResult(
                    Optional.empty(),
                    new Scores(OptionalDouble.of(33.25), OptionalDouble.of(34.5), Map.of()),
                    List.of(new Epoch(1, 2.5, 20.125, 0.02, 3), new Epoch(2, 1.5, 33.25, 0.01, 3)),
                    new Size(OptionalLong.of(1_234), OptionalLong.empty()),
                    execution(0)))));
  }

  private static Proposal proposal(int number, EdgeCell cell, Explanation why) {
    return new Proposal(
        number, cell, SPACE.id(cell), number, new Basis(List.of(), List.of()), why, 0.5);
  }

  private static Execution execution(int after) {
    return execution(after, 6);
  }

  private static Execution execution(int after, double secondsTraining) {
    return new Execution(
        START.plusSeconds(after + 2),
        START.plusSeconds(after + 8),
        2,
        secondsTraining,
        100,
        new Place("host", "driver", "cpu", Map.of("dl4j", "1.0.0")));
  }

  @Test
  void nothingFromTheTablesIsMarkup() throws IOException {
    String page = page(progress(false));

    assertThat(page).doesNotContain("<script>alert").doesNotContain("<img src=x");
    assertThat(page).contains("out of memory: &lt;/script&gt;&lt;script&gt;alert");
    assertThat(page)
        .contains("task &lt;/script&gt;")
        .contains("source &lt;/script&gt;")
        .contains("why &lt;/script&gt;");
    assertThat(page).contains("\\u003c/script\\u003e");
    // The data and the five scripts, which end where they should.
    assertThat(Pattern.compile("<script\\b").matcher(page).results().count()).isEqualTo(6);
    assertThat(Pattern.compile("</script").matcher(page).results().count()).isEqualTo(6);
  }

  /** A browser that shows the page of a search. */
  private Browser openPage() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    page(progress(false));
    return Browser.open(chromium.get(), directory.resolve("deep/report.html"), directory);
  }

  @Test
  void aBrowserRunsNothingOfTheTables() throws Exception {
    try (Browser browser = openPage()) {
      assertThat(browser.evaluate("document.scripts.length").asInt()).isEqualTo(6);
      assertThat(
              browser
                  .evaluate(
                      "[...document.images].filter(image => !image.src.startsWith('data:')).length")
                  .asInt())
          .isZero();
      assertThat(browser.evaluate("document.querySelector('h1').textContent").asText())
          .contains(ATTACK);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Evaluations take 6 seconds in one search, and 10 in the other. */
  @Test
  void theMeanWithoutSourcesIsThatOfTheBestAtEachTime() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    page(progress(false), List.of(progress(false), slower(progress(false))));
    try (Browser browser =
        Browser.open(chromium.get(), directory.resolve("deep/report.html"), directory)) {
      assertThat(means(browser, "gpu")).isEqualTo("10 30, 12 30, 18 31.625");
      assertThat(means(browser, "number")).isEqualTo("1 30, 2 30, 4 33.25");
    }
  }

  private static String means(Browser browser, String field) {
    return browser
        .evaluate(
            "spread(DATA[0], '%s').map(one => one.at + ' ' + one.mean).join(', ')".formatted(field))
        .asText();
  }

  private static SearchProgress slower(SearchProgress progress) {
    return new SearchProgress(
        progress.objective(),
        progress.proposals(),
        progress.trials().stream()
            .map(
                trial -> {
                  TrialResult result = trial.result();
                  Execution was = result.execution();
                  return new Trial(
                      trial.proposal(),
                      new TrialResult(
                          result.failure(),
                          result.scores(),
                          result.curve(),
                          result.size(),
                          new Execution(
                              was.started(),
                              was.finished(),
                              was.secondsWaiting(),
                              10,
                              was.imagesPerSecond(),
                              was.place())));
                })
            .toList());
  }

  /** The own trials outweigh the sources from the third proposal on; the second fails. */
  private static SearchProgress learning() {
    List<Proposal> proposals = new ArrayList<>();
    List<Trial> trials = new ArrayList<>();
    for (int i = 1; i <= 5; i++) {
      double own = i < 3 ? 0.25 : 0.75;
      Proposal proposal =
          new Proposal(
              i,
              i % 2 == 0 ? SECOND : FIRST,
              SPACE.id(i % 2 == 0 ? SECOND : FIRST),
              i,
              new Basis(i == 1 ? List.of() : List.of(1), List.of()),
              new Explanation(
                  "expected improvement",
                  Optional.of(new Prediction(30 + i, 1)),
                  Optional.of(
                      new TransferShares(
                          1 - own, own, List.of(new Source("letters", 0.5, 0.125, 0.5)))),
                  Optional.empty()),
              0.5);
      proposals.add(proposal);
      trials.add(
          new Trial(
              proposal,
              i == 2
                  ? new TrialResult(
                      Optional.of(new Failure(Failure.Kind.OUT_OF_MEMORY, "too large")),
                      Scores.NONE,
                      List.of(),
                      Size.UNKNOWN,
                      execution(10 * i, 60))
                  : new TrialResult(
                      Optional.empty(),
                      new Scores(OptionalDouble.of(30 + i), OptionalDouble.empty(), Map.of()),
                      List.of(new Epoch(1, 2.5, 20 + i, 0.02, 3), new Epoch(2, 1.5, 30, 0.01, 3)),
                      Size.UNKNOWN,
                      execution(10 * i, 60))));
    }
    return new SearchProgress(Objective.VALIDATION_ACCURACY, proposals, trials);
  }

  private Browser openLearning() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    page(learning());
    return Browser.open(chromium.get(), directory.resolve("deep/report.html"), directory);
  }

  @Test
  void learningCurvesAndTheHandOverAreDrawn() throws Exception {
    try (Browser browser = openLearning()) {
      assertThat(count(browser, "#curves0 .mark-line.role-mark path")).isEqualTo(4);
      for (String chart : List.of("best0", "bestTime0", "shares0", "similarity0")) {
        assertThat(count(browser, "#" + chart + " .mark-rule.role-mark line")).as(chart).isOne();
        assertThat(text(browser, "#" + chart)).as(chart).contains("hand-over");
      }
      for (String chart : List.of("best0", "bestTime0")) {
        assertThat(
                browser
                    .evaluate(
                        """
                        (() => {
                          const middle = item => { const { left, width } = item.getBoundingClientRect(); return left + width / 2; };
                          const third = [...document.querySelectorAll("#%1$s .mark-symbol.role-mark path")].find(item => item.__data__.datum.number === 3);
                          return Math.abs(middle(third) - middle(document.querySelector("#%1$s .mark-rule.role-mark line")));
                        })()
                        """
                            .formatted(chart))
                    .asDouble())
            .as("pixels between the hand-over and the third evaluation in " + chart)
            .isLessThan(1.5);
      }
      assertThat(text(browser, "#bestTime0")).contains("minutes of evaluation");
      assertThat(text(browser, "#timeline0")).contains("seconds since the first launch");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Such as FLOPs, of which 86400 are no day. */
  @Test
  void aCostThatIsNoTimeIsShownAsItIs() throws Exception {
    SearchPage.Shown timed =
        shown(learning(), List.of(), OptionalLong.of(42), Optional.of("42"), Optional.empty());
    SearchPage.Shown counted =
        shown(learning(), List.of(), OptionalLong.of(42), Optional.of("42"), Optional.of("flops"));
    assertThat(page(List.of(timed))).contains("<dd>5.0 min</dd>").doesNotContain("flops");
    assertThat(page(List.of(counted)))
        .contains("<dd>300.00 (flops)</dd>", "<dd>2.00 (flops), 60.00 (flops) on cpu of host</dd>")
        .doesNotContain("<dd>5.0 min</dd>");

    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    page(List.of(counted, timed));
    try (Browser browser =
        Browser.open(chromium.get(), directory.resolve("deep/report.html"), directory)) {
      assertThat(text(browser, "#bestTime0")).contains("flops of evaluation");
      assertThat(text(browser, "#timeline0")).contains("flops since the first launch");
      assertThat(text(browser, "#bestTime1")).contains("minutes of evaluation");
      assertThat(text(browser, "#comparedTime")).contains("flops or seconds of evaluation");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aCardThatIsOpenedDrawsItsCellsAndItsLearningCurve() throws Exception {
    try (Browser browser = openPage()) {
      assertThat(count(browser, ".card img, .card svg")).isZero();
      browser.evaluate("document.getElementById('card0-4').open = true");
      await().until(() -> count(browser, "#card0-4[data-drawn]") == 1);
      assertThat(
              browser
                  .evaluate(
                      """
                      Promise.all([...document.querySelectorAll('.card img')].map(async picture => {
                        await picture.decode();
                        const svg = decodeURIComponent(picture.src.split(',').slice(1).join(','));
                        return new DOMParser().parseFromString(svg, 'image/svg+xml').querySelector('desc').textContent;
                      })).then(cells => cells.join(', '))
                      """)
                  .asText())
          .as("its own, and that without sources")
          .isEqualTo(FIRST.text() + ", " + SECOND.text());
      for (String chart : List.of("accuracy0-4", "loss0-4")) {
        assertThat(count(browser, "#" + chart + " .mark-line.role-mark path")).as(chart).isOne();
        assertThat(count(browser, "#" + chart + " .mark-symbol.role-mark path"))
            .as(chart)
            .isEqualTo(2);
      }
      assertThat(count(browser, "#card0-4 tbody tr")).isEqualTo(2);
      browser.evaluate("document.getElementById('card0-3').open = true");
      await().until(() -> count(browser, "#card0-3[data-drawn] img") == 1);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Evaluations are dots, and lines are as they are dashed. */
  @Test
  void theLegendOfTheBestSoFarIsAsItsMarks() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    page(progress(false), List.of(progress(false)));
    try (Browser browser =
        Browser.open(chromium.get(), directory.resolve("deep/report.html"), directory)) {
      String dashes = ".map(path => path.getAttribute('stroke-dasharray') ?? '').join(' ')";
      String legend = "[...document.querySelectorAll('#best0 .role-legend-symbol path')]";
      assertThat(browser.evaluate(legend + dashes).asText()).isEqualTo("1,0 1,0 2,2");
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('#best0 .mark-line.role-mark path')]" + dashes)
                  .asText())
          .isEqualTo("1,0 2,2");
      assertThat(
              browser
                  .evaluate(legend + ".map(path => /A/.test(path.getAttribute('d'))).join(' ')")
                  .asText())
          .as("a circle")
          .isEqualTo("false true false");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void theKeyboardReachesAndOperatesAll() throws Exception {
    try (Browser browser = openLearning()) {
      browser.tabTo("form[data-table=candidates0] [name=text]");
      browser.type("memory large");
      browser.enter();
      assertThat(text(browser, "form output")).isEqualTo("1 of 5 candidates");
      browser.tabTo("form[data-table=candidates0] [name=status]");
      browser.tabTo("[aria-label=Candidates]");
      browser.tabTo("#candidates0 th button");
      assertThat(browser.evaluate("getComputedStyle(document.activeElement).outlineStyle").asText())
          .isEqualTo("solid");
      browser.enter();
      browser.enter();
      assertThat(
              browser
                  .evaluate("document.querySelector('#candidates0 th').getAttribute('aria-sort')")
                  .asText())
          .isEqualTo("descending");
      browser.tabTo("#candidates0 th:last-child button");
      browser.tabTo("#candidates0 a");
      browser.tabTo("#card0-2 summary");
      assertThat(count(browser, ".card[open]")).isZero();
      browser.enter();
      assertThat(count(browser, "#card0-2[open]")).isOne();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void itIsReadOnAPhoneInTheDarkAndOnPaper() throws Exception {
    try (Browser browser = openLearning()) {
      browser.show("screen", "light");
      assertThat(brightness(browser)).isGreaterThan(700);
      assertReadable(browser);
      browser.show("screen", "dark");
      assertThat(brightness(browser)).isLessThan(100);
      assertReadable(browser);

      browser.show("print", "dark");
      assertThat(brightness(browser)).isEqualTo(765);
      assertReadable(browser);
      assertThat(
              browser.evaluate("document.querySelector('.controls').checkVisibility()").asBoolean())
          .isFalse();
      browser.show("screen", "light");
      String folded = "document.querySelectorAll('details:not([open], .licence)').length";
      assertThat(browser.evaluate(folded).asInt()).isEqualTo(6);
      browser.evaluate(
          "addEventListener('beforeprint', () => { window.onPaper = %s })".formatted(folded));
      browser.print();
      assertThat(browser.evaluate("window.onPaper").asInt(-1)).as("folded on paper").isZero();
      assertThat(browser.evaluate(folded).asInt()).isEqualTo(6);

      browser.reload(360, 800);
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
      assertThat(browser.overlaps()).isEmpty();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static void assertReadable(Browser browser) {
    JsonNode least = browser.leastContrast();
    assertThat(least.get("contrast").asDouble())
        .as("contrast of %s", least.get("text"))
        .isGreaterThanOrEqualTo(4.5);
  }

  /** Of the page's background, from 0 to 765. */
  private static int brightness(Browser browser) {
    return browser
        .evaluate(
            "getComputedStyle(document.body).backgroundColor.match(/\\d+/g).reduce((sum, part) => sum + Number(part), 0)")
        .asInt();
  }

  private static int count(Browser browser, String selector) {
    return browser.evaluate("document.querySelectorAll('%s').length".formatted(selector)).asInt();
  }

  private static String text(Browser browser, String selector) {
    return browser
        .evaluate("document.querySelector('%s').textContent".formatted(selector))
        .asText();
  }

  @Test
  void aPredictionBeforeTheFirstResultIsOnNoScaleOfResults() throws IOException {
    Proposal first =
        proposal(
            1,
            FIRST,
            new Explanation(
                "expected improvement",
                Optional.of(new Prediction(1.75, 0.5)),
                Optional.empty(),
                Optional.empty()));
    SearchProgress progress =
        new SearchProgress(
            Objective.VALIDATION_ACCURACY,
            List.of(first),
            List.of(new Trial(first, progress(false).trials().get(0).result())));
    String page = page(progress);
    assertThat(card(page, 1)).contains("1.75 ± 0.50 as a normal score").doesNotContain("actual");
    assertThat(page).contains("\"predicted\":null").doesNotContain("Predicted against actual");
  }

  @Test
  void onlyItsOwnScriptsMayRunAndNothingIsFetched() throws Exception {
    String page = page(progress(false));
    Matcher policy =
        Pattern.compile("Content-Security-Policy\" content=\"([^\"]*)\"").matcher(page);
    assertThat(policy.find()).isTrue();
    assertThat(policy.group(1).replace("&#39;", "'"))
        .startsWith("default-src 'none'; img-src data:;")
        .doesNotContain("unsafe");
    Matcher script = Pattern.compile("<script>(.*?)</script>", Pattern.DOTALL).matcher(page);
    int scripts = 0;
    while (script.find()) {
      byte[] digest =
          MessageDigest.getInstance("SHA-256")
              .digest(script.group(1).getBytes(StandardCharsets.UTF_8));
      assertThat(policy.group(1)).contains(Base64.getEncoder().encodeToString(digest));
      scripts++;
    }
    assertThat(scripts).isEqualTo(5);
    assertThat(script.replaceAll(""))
        .doesNotContainPattern("<(link|iframe|object|embed)\\b|<script[^>]* src|src=\"(?!data:)");
  }

  @Test
  void aCardSaysWhyAndWhatCameOfIt() throws IOException {
    String page = page(progress(false));
    assertThat(card(page, 4))
        .contains("expected improvement")
        .contains("31.50 ± 1.25, 33.25")
        .contains("0.63; share of the sources 0.75, own 0.25")
        .contains(SECOND.text() + "</code> was not evaluated")
        .contains("2.0 s, 6.0 s on cpu of host")
        .contains("<td>20.13</td>")
        .contains("1234");
    assertThat(card(page, 2)).contains("out of memory");
    assertThat(card(page, 3)).contains("open");
    assertThat(page).contains("snapshot 42").contains("dl4j 1.0.0").contains("Seed 7");
    assertThat(page).contains("-again --set xfernas.search.snapshot=42</pre>");
    assertThat(page(progress(false), List.of(), OptionalLong.empty(), Optional.of("none")))
        .contains("There was no trial yet to learn from.")
        .contains("-again --set xfernas.search.snapshot=none</pre>");
    assertThat(page(progress(false), List.of(), OptionalLong.empty(), Optional.empty()))
        .contains("-again</pre>");
  }

  @Test
  void predictionsAreOnTheScaleOfTheMetricWhereLowerIsBetter() throws IOException {
    assertThat(card(page(progress(true)), 4)).contains("31.50 ± 1.25, 33.25");
  }

  @Test
  void searchesSideBySideTellTheirMetricsAndHandOvers() throws IOException {
    SearchPage.Shown loss = shown(progress(false));
    SearchPage.Shown accuracy = shown(learning());
    assertThat(page(List.of(loss, accuracy)))
        .contains("different metrics (loss, validation accuracy)")
        .contains("<td>7</td><td>loss</td>", "<td>not reached</td></tr>")
        .contains("<td>7</td><td>validation accuracy</td>", "<td>from evaluation 3</td></tr>");
    assertThat(page(List.of(accuracy, accuracy))).doesNotContain("different metrics");
  }

  private static SearchPage.Shown shown(SearchProgress progress) {
    return shown(progress, List.of(), OptionalLong.empty(), Optional.empty());
  }

  @Test
  void aSearchWithoutAnyResultHasAPage() throws IOException {
    SearchProgress nothing =
        new SearchProgress(Objective.VALIDATION_ACCURACY, List.of(), List.of());
    assertThat(page(nothing)).contains("0, 0 failed").contains("</html>");
  }

  private static String card(String page, int number) {
    int from = page.indexOf("id=\"card0-" + number + "\"");
    return page.substring(from, page.indexOf("</details>", from));
  }
}
