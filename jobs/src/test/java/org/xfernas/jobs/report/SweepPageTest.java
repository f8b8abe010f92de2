package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.report.SweepPage.Bound;
import org.xfernas.jobs.report.SweepPage.Curve;
import org.xfernas.jobs.report.SweepPage.Point;
import org.xfernas.jobs.report.SweepPage.Provenance;
import org.xfernas.jobs.report.SweepPage.Row;
import org.xfernas.jobs.report.SweepPage.Spread;
import org.xfernas.jobs.report.SweepPage.Table;

class SweepPageTest {
  private static final String PLAIN = "evolution";
  private static final String LEARNER = "network (value-weight=0.95, residual-decay=0.001)";
  private static final List<String> TASKS = List.of("digits", "letters", "mean");

  @TempDir Path directory;

  private static Curve curve(String arm, int sourcePoints, double mean) {
    return new Curve(
        arm,
        !arm.endsWith("none"),
        sourcePoints,
        "none",
        "digits",
        List.of(new Point(0, Map.of("spearman", new Spread(2, mean, 0.5)))));
  }

  @Test
  void aHeatMapHasTheSameSurrogateWithoutSources() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    String other = "network (value-weight=0.5, weight-decay=0.001)";
    String name = "network (value-weight=0.5, weight-decay=0.002)";
    SweepPage page =
        new SweepPage(
            "sweep",
            "prediction",
            "points of the target",
            List.of("digits"),
            List.of("spearman"),
            List.of(
                curve(other + ", transfer none", 25, 0.125),
                curve(name + ", transfer none", 25, 0.25),
                curve(name + ", transfer network", 25, 0.75),
                curve(name + ", transfer network", 50, 0.48)),
            List.of(),
            List.of(),
            List.of(),
            new Provenance("table.csv", "{}"));
    Path file = directory.resolve("report.html");
    page.write(file);
    try (Browser browser = Browser.open(chromium.get(), file, directory)) {
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('#map0 .mark-text.role-mark text')].map(text => text.textContent).sort().join(' ')")
                  .asText())
          .isEqualTo("0.25 0.48 0.75");
      assertThat(browser.leastContrast().get("contrast").asDouble()).isGreaterThan(4.5);
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('#task0 .mark-symbol.role-mark path')].map(point => point.getBoundingClientRect().width > 5).join(' ')")
                  .asText())
          .isEqualTo("true true true true");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  private static Curve searched(String learner, String transfer, String task) {
    return new Curve(
        SweepPage.arm(learner, transfer),
        !transfer.equals("none"),
        25,
        "none",
        task,
        List.of(
            new Point(1, Map.of("regret", new Spread(2, 40.0, 2.5))),
            new Point(2, Map.of("regret", new Spread(2, learner.length() / 4.0, 2.5)))));
  }

  private static Row row(String learner, String transfer, String task, double regret) {
    return new Row(
        List.of(SweepPage.arm(learner, transfer)), task, List.of(learner, transfer, task, regret));
  }

  /** A page of searches by two arms on two targets, whose second table has an arm and its rival. */
  private Browser openSearches() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    SweepPage page =
        new SweepPage(
            "sweep",
            "search",
            "evaluations",
            TASKS,
            List.of("regret"),
            TASKS.stream()
                .flatMap(
                    task ->
                        Stream.of(
                            searched(PLAIN, "none", task), searched(LEARNER, "network", task)))
                .toList(),
            List.of(new SweepPage.Fact("seeds", "2")),
            List.of("What was claimed."),
            List.of(
                new Table(
                    "Regret",
                    List.of("optimizer", "transfer", "task", "mean"),
                    List.of(
                        row(PLAIN, "none", "digits", 9),
                        row(PLAIN, "none", "letters", 10),
                        row(LEARNER, "network", "digits", 12),
                        row(LEARNER, "network", "letters", 11))),
                new Table(
                    "Against others",
                    List.of("optimizer", "task"),
                    List.of(
                        new Row(
                            List.of(
                                SweepPage.arm(LEARNER, "network"), SweepPage.arm(PLAIN, "none")),
                            "letters",
                            List.of(LEARNER, "letters")))),
                new Table("Seconds", List.of("optimizer"), List.of())),
            new Provenance("table.csv (SHA-256 %s)".formatted("0".repeat(64)), "{}"));
    Path file = directory.resolve("report.html");
    page.write(file);
    return Browser.open(chromium.get(), file, directory);
  }

  @Test
  void theTablesAreFilteredAndSortedAndLinkedToTheCharts() throws Exception {
    try (Browser browser = openSearches()) {
      for (int task = 0; task < TASKS.size(); task++) {
        assertThat(widths(browser, task)).as(TASKS.get(task)).isEqualTo("2 2");
      }
      assertThat(rows(browser, 0)).isEqualTo("9.00 10.00 12.00 11.00");
      browser.evaluate("document.querySelector('#table0 th:last-child button').click()");
      assertThat(rows(browser, 0)).isEqualTo("9.00 10.00 11.00 12.00");

      type(browser, 0, "NETWORK  letters");
      assertThat(rows(browser, 0)).isEqualTo("11.00");
      assertThat(left(browser)).isEqualTo("1 of 4 rows, 1 of 1 rows");
      type(browser, 0, "");

      choose(browser, "task", "digits");
      assertThat(rows(browser, 0)).isEqualTo("9.00 12.00");
      assertThat(left(browser)).isEqualTo("2 of 4 rows, 0 of 1 rows");
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('.chart')].map(chart => chart.checkVisibility()).join(' ')")
                  .asText())
          .isEqualTo("true false false");
      choose(browser, "task", "all");
      assertThat(widths(browser, 1)).isEqualTo("2 2");

      browser.evaluate(
          "document.querySelector('#task0 .mark-line.role-mark path').dispatchEvent(new MouseEvent('click', { bubbles: true }))");
      await().until(() -> widths(browser, 2).equals("5 2"));
      assertThat(browser.evaluate("document.getElementById('choices').elements.arm.value").asText())
          .isEqualTo("evolution, transfer none");
      assertThat(rows(browser, 0)).isEqualTo("9.00 10.00");
      assertThat(left(browser)).isEqualTo("2 of 4 rows, 1 of 1 rows");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  @Test
  void noBandOfRegretsIsBelowZero() throws Exception {
    String band = "JSON.stringify(band({ mean: 2, standard_deviation: 2.5 }))";
    try (Browser browser = openSearches()) {
      assertThat(browser.evaluate(band).asText()).isEqualTo("{\"low\":0,\"high\":4.5}");
      browser.evaluate(
          "choices.elements.measure.add(new Option('spearman')); choices.elements.measure.value = 'spearman'");
      assertThat(browser.evaluate(band).asText()).isEqualTo("{\"low\":-0.5,\"high\":4.5}");
    }
  }

  @Test
  void boundsAreSortedByTheirNumbers() throws Exception {
    Optional<Path> chromium = Browser.chromium();
    assumeTrue(chromium.isPresent(), "no Chromium");
    SweepPage page =
        new SweepPage(
            "sweep",
            "search",
            "evaluations",
            List.of("digits"),
            List.of("regret"),
            List.of(searched(PLAIN, "none", "digits")),
            List.of(),
            List.of(),
            List.of(
                new Table(
                    "Against others",
                    List.of("speed-up"),
                    Stream.of(new Bound(220, true), new Bound(30, false), new Bound(6.6, true))
                        .map(bound -> new Row(List.of(PLAIN), "digits", List.of(bound)))
                        .toList())),
            new Provenance("table.csv", "{}"));
    Path file = directory.resolve("report.html");
    page.write(file);
    try (Browser browser = Browser.open(chromium.get(), file, directory)) {
      browser.evaluate("document.querySelector('#table0 th button').click()");
      assertThat(rows(browser, 0)).isEqualTo(">6.6 30.0 >220.0");
    }
  }

  @Test
  void smallRegretsAreToldApartOnTheLogarithmicScale() throws Exception {
    try (Browser browser = openSearches()) {
      double linear = lastHeights(browser);
      choose(browser, "scale", "logarithmic");
      await().until(() -> lastHeights(browser) > 1.1 * linear);
      assertThat(
              browser
                  .evaluate(
                      "[...document.querySelectorAll('#task0 .role-axis-label')].at(-1).textContent")
                  .asText())
          .isEqualTo("00.10.3131030");
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** How far the last points of both lines of the first task are apart, in pixels. */
  private static double lastHeights(Browser browser) {
    return browser
        .evaluate(
            "{ const ends = [...document.querySelectorAll('#task0 .mark-line.role-mark path')].map(line => Number(line.getAttribute('d').split(',').at(-1))); Math.abs(ends[0] - ends[1]); }")
        .asDouble();
  }

  @Test
  void longNamesAreReadOnAPhone() throws Exception {
    try (Browser browser = openSearches()) {
      browser.reload(360, 800);
      assertThat(browser.evaluate("document.documentElement.scrollWidth").asInt()).isEqualTo(360);
      assertThat(browser.overlaps()).isEmpty();
      String labels = "[...document.querySelectorAll('#task0 .role-legend-label text')]";
      assertThat(
              browser
                  .evaluate(
                      labels
                          + ".map(text => [...text.querySelectorAll('tspan')].map(line => line.textContent).join(' ') || text.textContent).join(' | ')")
                  .asText())
          .isEqualTo("evolution, transfer none | " + SweepPage.arm(LEARNER, "network"));
      assertThat(
              browser
                  .evaluate(
                      "Math.max(...%s.map(text => text.getBoundingClientRect().right))"
                          .formatted(labels))
                  .asDouble())
          .isLessThan(360);
      assertThat(browser.complaints()).isEmpty();
    }
  }

  /** Of the lines of a task, in pixels. */
  private static String widths(Browser browser, int task) {
    return browser
        .evaluate(
            "[...document.querySelectorAll('#task%d .mark-line.role-mark path')].map(line => line.getAttribute('stroke-width')).join(' ')"
                .formatted(task))
        .asText();
  }

  /** The last cells of those rows of a table that are shown. */
  private static String rows(Browser browser, int table) {
    return browser
        .evaluate(
            "[...document.querySelectorAll('#table%d tbody tr')].filter(row => row.checkVisibility()).map(row => row.cells[row.cells.length - 1].textContent).join(' ')"
                .formatted(table))
        .asText();
  }

  /** What the tables say about how many of their rows are left. */
  private static String left(Browser browser) {
    return browser
        .evaluate(
            "[...document.querySelectorAll('output')].map(output => output.textContent).join(', ')")
        .asText();
  }

  private static void type(Browser browser, int table, String text) {
    browser.evaluate(
        """
        { const input = document.querySelector('form[data-table=table%d] [name=text]');
          input.value = '%s';
          input.dispatchEvent(new Event('input', { bubbles: true })); }
        """
            .formatted(table, text));
  }

  private static void choose(Browser browser, String name, String value) {
    browser.evaluate(
        """
        { const select = document.querySelector('#choices [name=%s]');
          select.value = '%s';
          select.dispatchEvent(new Event('change', { bubbles: true })); }
        """
            .formatted(name, value));
  }
}
