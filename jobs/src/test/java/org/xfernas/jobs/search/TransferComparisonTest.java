package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;

class TransferComparisonTest {
  private static final String HEADER = "seed,transfer,evaluation,validation_accuracy\n";

  @TempDir Path directory;

  private TransferComparison read(String rows) throws IOException {
    Path file = directory.resolve("comparison.csv");
    Files.writeString(file, HEADER + rows);
    return TransferComparison.read(file);
  }

  @Test
  void meansDeviationsAndTheTestAreShown() throws IOException {
    TransferComparison comparison =
        read(
            """
            1,none,1,70
            1,default,1,74
            2,none,1,72
            2,default,1,74
            3,none,1,71
            3,default,1,74
            1,none,3,80
            1,default,3,79
            2,none,3,81
            2,default,3,81
            3,none,3,82
            3,default,3,82
            """);
    // Three gains out of three have a chance of 1/8; of one loss alone, no gain has less than 1.
    assertThat(comparison.lines())
        .containsExactly(
            "what sources were worth in earlier searches with 3 seeds (best so far, mean and"
                + " deviation):",
            "  evaluations  with sources  without       difference  p",
            "            1  74.00 0.00    71.00 1.00         +3.00  0.125",
            "            3  80.67 1.53    81.00 1.00         -0.33  1.000",
            "  p: how likely such a gain is by chance (Wilcoxon's test of pairs, one-sided)",
            "  from: " + directory.resolve("comparison.csv"));
  }

  @Test
  void resultsWithoutAPartnerAreRefused() {
    assertThatThrownBy(() -> read("1,none,1,70\n1,default,1,74\n2,default,1,75\n"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("it needs the same seeds and evaluations with and without transfer");
    assertThatThrownBy(() -> read(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("the same seeds");
  }

  @Test
  void aCellThatIsNoNumberIsNamedBeforeASearchStarts() throws IOException {
    Path file = directory.resolve("comparison.csv");
    Files.writeString(file, HEADER + "1,none,1,many\n");
    assertThatThrownBy(() -> settings(file))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.report.comparison = ")
        .hasMessageContaining("line 2")
        .hasMessageContaining("many");
    assertThatThrownBy(() -> settings(directory.resolve("none.csv")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none.csv")
        .hasMessageContaining("there is no such file");
  }

  private static ReportSettings settings(Path comparison) {
    return Settings.read(
            ConfigFactory.parseMap(Map.of("xfernas.report.comparison", comparison.toString())),
            ReportOnly.class)
        .report();
  }

  private record ReportOnly(ReportSettings report) {}
}
