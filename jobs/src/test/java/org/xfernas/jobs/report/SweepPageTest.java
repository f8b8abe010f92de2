package org.xfernas.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.report.SweepPage.Curve;
import org.xfernas.jobs.report.SweepPage.Point;
import org.xfernas.jobs.report.SweepPage.Provenance;
import org.xfernas.jobs.report.SweepPage.Spread;

class SweepPageTest {
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
                curve(name + ", transfer network", 25, 0.75)),
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
          .isEqualTo("0.25 0.75");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
