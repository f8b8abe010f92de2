package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.report.Browser;
import org.xfernas.jobs.reporting.ReportJob;
import org.xfernas.jobs.search.SearchRuns.Outcome;

/** The reports of real searches, and what a browser makes of them. */
class ReportIT {
  private static final String LEARNING =
      "xfernas.search { task = others, optimizer { type = evolution, transfer = process } }";
  private static final String PLAIN =
      "xfernas.search { task = others, optimizer { type = evolution, transfer = none } }";

  @TempDir Path directory;
  private SearchRuns runs;

  @BeforeEach
  void writeTable() throws IOException {
    runs = new SearchRuns(directory);
  }

  private Path report(Outcome outcome) throws IOException {
    return Path.of(outcome.summary().get("report").asText());
  }

  @Test
  void theJobMakesTheReportOfASearchAgain() throws Exception {
    Path first = report(runs.search(runs.settings("a")));
    Outcome again = runs.run(new ReportJob(), runs.settings("a"), "a");

    assertThat(Files.readString(report(again))).isEqualTo(Files.readString(first));
    assertThat(again.out()).contains("report: " + report(again));
    assertThat(again.summary().get("searches")).hasSize(1);
  }

  @Test
  void allUnknownSearchesAreRefusedAtOnce() throws Exception {
    assertThatThrownBy(() -> runs.run(new ReportJob(), runs.settings("a"), "a"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("there are no tables yet");
    runs.search(runs.settings("first"));
    assertThatThrownBy(() -> runs.run(new ReportJob(), runs.settings("a"), "frist", "../../x"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining(
            "Cannot make a report of frist: there is no such search, sweep or night (did you mean first?)")
        .hasMessageContaining("Cannot make a report of ../../x");
    assertThatThrownBy(() -> runs.run(new ReportJob(), runs.settings("a")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("give the id of a search");
  }

  @Test
  void aBrowserDrawsSortsAndFilters() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    runs.search(runs.settings("source"));
    runs.search(runs.settings("plain", PLAIN));
    runs.search(runs.settings("learning", LEARNING));
    Path page = report(runs.run(new ReportJob(), runs.settings("a"), "learning", "plain"));

    try (Browser browser = Browser.open(chromium.get(), page, directory)) {
      for (String chart :
          List.of(
              "compared",
              "comparedTime",
              "best0",
              "bestTime0",
              "timeline0",
              "predicted0",
              "shares0",
              "similarity0",
              "best1",
              "timeline1")) {
        assertThat(
                browser
                    .evaluate(
                        "document.querySelectorAll('#%s svg .mark-group path, #%s svg .mark-rule line').length"
                            .formatted(chart, chart))
                    .asInt())
            .as(chart)
            .isPositive();
      }
      assertThat(browser.evaluate("document.getElementById('best0').textContent").asText())
          .contains("best without sources");
      assertThat(numbers(browser)).isEqualTo("1 2 3 4 5 6 7 8");
      browser.evaluate("document.querySelectorAll('#candidates0 th button')[0].click()");
      browser.evaluate("document.querySelectorAll('#candidates0 th button')[0].click()");
      assertThat(numbers(browser)).isEqualTo("8 7 6 5 4 3 2 1");
      assertThat(
              browser
                  .evaluate("document.querySelector('#candidates0 th').getAttribute('aria-sort')")
                  .asText())
          .isEqualTo("descending");

      int before = marks(browser);
      browser.evaluate(
          """
          { const form = document.querySelector('form[data-table=candidates0]');
            form.elements.text.value = 'random';
            form.elements.text.dispatchEvent(new Event('input', { bubbles: true })); }
          """);
      int shown = numbers(browser).split(" ", -1).length;
      assertThat(shown).isBetween(1, 7);
      assertThat(browser.evaluate("document.querySelector('form output').textContent").asText())
          .isEqualTo(shown + " of 8 candidates");
      browser.evaluate("new Promise(done => setTimeout(done, 500))");
      assertThat(before).isEqualTo(8);
      assertThat(marks(browser)).isEqualTo(shown);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Numbers of the candidates in the rows that are shown, in their order. */
  private static String numbers(Browser browser) {
    JsonNode numbers =
        browser.evaluate(
            "[...document.querySelectorAll('#candidates0 tbody tr')].filter(row => !row.hidden).map(row => row.dataset.number).join(' ')");
    return numbers.asText();
  }

  /** How many candidates the timeline has. */
  private static int marks(Browser browser) {
    return browser
        .evaluate("document.querySelectorAll('#timeline0 svg .mark-rule.role-mark line').length")
        .asInt();
  }
}
