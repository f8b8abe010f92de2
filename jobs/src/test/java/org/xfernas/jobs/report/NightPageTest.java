package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.report.NightPage.Found;
import org.xfernas.jobs.report.NightPage.Maintenance;
import org.xfernas.jobs.report.NightPage.Provenance;
import org.xfernas.jobs.report.NightPage.Searched;

class NightPageTest {
  @TempDir Path directory;

  private NightPage night() {
    return night(
        List.of(
            new Searched(
                "digits",
                "nightly-digits-1",
                "it was never searched on",
                "finished",
                Optional.empty(),
                5_400,
                Optional.empty(),
                Optional.of(
                    new Found(
                        "validation_accuracy",
                        33,
                        2,
                        OptionalDouble.of(90.5),
                        OptionalDouble.of(92.25),
                        Optional.of("|conv~0|"))),
                Optional.of("summary.json"),
                Optional.of(directory.resolve("runs/nightly-digits-1/report.html").toString())),
            new Searched(
                "letters",
                "nightly-letters-1",
                SearchPageTest.ATTACK,
                "not started",
                Optional.empty(),
                0,
                Optional.of(SearchPageTest.ATTACK),
                Optional.empty(),
                Optional.empty(),
                Optional.of("javascript:alert(1)"))));
  }

  private NightPage night(List<Searched> searched) {
    return new NightPage(
        "nightly",
        "nightly",
        "2026-03-01T22:00:00.352641930Z",
        "2026-03-02T00:30:00.352641930Z",
        "failed",
        searched,
        Map.of("old", "nothing is new since " + SearchPageTest.ATTACK),
        5_400,
        OptionalDouble.of(28_800),
        false,
        Optional.of(new Maintenance(48, 3, 7)),
        Optional.empty(),
        Optional.of(
            new Provenance(
                Optional.of("1.2.3"),
                OptionalLong.of(42),
                List.of("digits", "letters"),
                "{\"nightly\":{}}")),
        directory.resolve("runs/nightly/report.html").toString());
  }

  private String page() throws IOException {
    night().write();
    return Files.readString(Path.of(night().report()));
  }

  @Test
  void itSaysWhatWasDueWhatItCostAndWhatCameOfIt() throws IOException {
    assertThat(page())
        .contains(
            "<dd>2026-03-01T22:00:00Z</dd>",
            "2.5 h",
            "90.0 min of 8.0 h (19 %)",
            "2 due, 1 finished")
        .contains("<td data-sort=\"5400.0\">90.0 min</td>")
        .contains("it was never searched on", "33, 2 failed", "90.50", "92.25", "|conv~0|")
        .contains("href=\"./../nightly-digits-1/report.html\"")
        .contains("<strong>old</strong>: nothing is new since ")
        .contains("48 small files were put together into 3, and 7 old versions dropped");
  }

  @Test
  void itIsCalledAsItsSearchesAndSaysHowToSearchSoAgain() throws IOException {
    assertThat(page())
        .contains("<h1>Report of the night nightly-20260301T220000.352</h1>")
        .contains("Begun at 2026-03-01T22:00:00Z, ended at 2026-03-02T00:30:00Z.")
        .contains("snapshot 42 of the table of trials. Searched by Xfernas 1.2.3.")
        .contains("<pre>submit-scripts/submit.sh nightly digits letters --conf night.conf</pre>")
        .contains("<pre>{\"xfernas\": {\"nightly\":{}}}</pre>");
  }

  @Test
  void itIsReadAsItWasWritten() throws IOException {
    String text = SummaryFile.text(night());
    assertThat(SummaryFile.read(text, NightPage.class)).isEqualTo(night());
    ObjectNode older = (ObjectNode) new ObjectMapper().readTree(text);
    older.remove("provenance");
    assertThat(SummaryFile.read(older.toString(), NightPage.class).provenance()).isEmpty();
  }

  @Test
  void aBrowserDrawsItAndRunsNothingOfTheTables() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    page();
    try (Browser browser = Browser.open(chromium.get(), Path.of(night().report()), directory)) {
      for (String chart : List.of("costs", "progress")) {
        assertThat(
                browser
                    .evaluate(
                        "document.querySelectorAll('#%s svg .role-mark path').length"
                            .formatted(chart))
                    .asInt())
            .as(chart)
            .isPositive();
      }
      assertThat(browser.evaluate("document.getElementById('progress').textContent").asText())
          .contains("90.5", "92.25");
      assertThat(
              browser
                  .evaluate(
                      "document.querySelector('#costs .role-mark path').__data__.datum.seconds")
                  .asInt())
          .isEqualTo(90);
      assertThat(browser.evaluate("document.getElementById('costs').textContent").asText())
          .contains("minutes");
      assertThat(
              browser
                  .evaluate(
                      "[0, 119, 120, 7199, 7200, 172799, 172800].map(time => unit(time).name).join(' ')")
                  .asText())
          .isEqualTo("seconds seconds minutes minutes hours hours days");
      browser.reload(360, 800);
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
      assertThat(browser.overlaps()).isEmpty();
      assertThat(browser.evaluate("document.images.length").asInt()).isZero();
      assertThat(
              browser
                  .evaluate("[...document.links].filter(link => link.protocol !== 'file:').length")
                  .asInt())
          .isZero();
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void aNightWithNothingDueIsShownToo() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    NightPage quiet = night(List.of());
    quiet.write();
    try (Browser browser = Browser.open(chromium.get(), Path.of(quiet.report()), directory)) {
      assertThat(browser.evaluate("document.body.innerText").asText()).contains("0 due");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
