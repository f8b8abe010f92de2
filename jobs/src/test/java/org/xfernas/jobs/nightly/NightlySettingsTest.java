package org.xfernas.jobs.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;

class NightlySettingsTest {
  @TempDir Path directory;
  private NightlyRuns runs;

  @BeforeEach
  void writeTable() throws IOException {
    runs = new NightlyRuns(directory);
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../x", "..", "a;b", "a b", "-rf", "a'b", "$(a)", "a\\\"b", "a\\nb"})
  void namesThatNoFileOrShellShouldSeeAreRefused(String name) {
    assertThatThrownBy(
            () ->
                NightlyRuns.night(
                    runs.settings(
                        "xfernas.nightly { id = \"%1$s\", tasks { \"%1$s\" {} } }"
                            .formatted(name))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.nightly.id = ")
        .hasMessageContaining("xfernas.nightly.tasks.")
        .hasMessageContaining("must consist of letters, digits, dots, hyphens and underscores");
    assertThatThrownBy(
            () ->
                NightlyRuns.night(
                    runs.settings("xfernas.nightly.tasks.a.search.task = \"%s\"".formatted(name))))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the search on a: xfernas.search.task = ");
  }

  @Test
  void whatNoNightCanRunWithIsRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                NightlyRuns.night(
                    runs.settings(
                        """
                        xfernas.nightly {
                          tasks { a.search.id = x, b.tables.warehouse = w }
                          period = 0s, gpu-time = 0s, keep = 1s, perod = 1
                        }
                        """)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("search.id is given by the night; leave it out")
        .hasMessageContaining(
            "tables is not for one task alone; a task may have data, network, search, trial, worker")
        .hasMessageContaining("xfernas.nightly.period = \"0s\"")
        .hasMessageContaining("xfernas.nightly.gpu-time = \"0s\"")
        .hasMessageContaining("xfernas.nightly.keep = \"1s\"")
        .hasMessageContaining("is no setting (did you mean period?)");
  }

  @Test
  void theSearchesAreCheckedBeforeTheNight() {
    assertThatThrownBy(
            () ->
                NightlyRuns.night(
                    runs.settings(
                        """
                        xfernas.nightly.tasks {
                          a.search.budget.evaluations = 0, b.search.sed = 1
                          c.search.evaluator.metric = d
                        }
                        """)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the search on a: xfernas.search.budget.evaluations = 0")
        .hasMessageContaining("the search on b: xfernas.search.sed = 1")
        .hasMessageContaining("the search on c: xfernas.search.evaluator.metric = ")
        .hasMessageContaining("the table has no column d; its columns are arch, a, b, c, seconds");
    assertThat(directory.resolve("warehouse")).doesNotExist();
  }

  @Test
  void anEmptyListIsRefused() {
    assertThatThrownBy(
            () ->
                NightlyRuns.night(
                    runs.settings("xfernas.nightly.tasks = null, xfernas.nightly.tasks {}")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.nightly.tasks: name at least one task");
  }

  @Test
  void tasksThatAreNotInTheListAreRefused() {
    assertThatThrownBy(
            () -> NightlyRuns.night(runs.settings(), Clock.systemUTC(), "d", "../../x", "a"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Cannot search on d: xfernas.nightly.tasks has no such task")
        .hasMessageContaining("Cannot search on ../../x: xfernas.nightly.tasks has no such task")
        .hasMessageContaining("it has a, b, c");
  }

  @Test
  void aFullDiskIsNoticedBeforeTheNight() {
    assertThatThrownBy(
            () -> NightlyRuns.night(runs.settings("xfernas.nightly.free-space = 1000000g")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Cannot start the night: the disk of the warehouse has ")
        .hasMessageContaining("make room, or set it lower");
  }

  @Test
  void theTaskHasItsNameAndItsOwnSettingsOverTheOthers() {
    var all =
        ConfigFactory.parseString(runs.settings("xfernas.nightly.tasks.b.search.task = other"))
            .withFallback(ConfigFactory.defaultReference())
            .resolve();
    NightlySettings settings = Settings.read(all, NightlySections.class).nightly();
    assertThat(settings.search(all, "a", "x").getString("xfernas.search.task")).isEqualTo("a");
    assertThat(settings.search(all, "a", "x").getString("xfernas.search.evaluator.metric"))
        .isEqualTo("a");
    assertThat(settings.search(all, "a", "x").getString("xfernas.search.id")).isEqualTo("x");
    assertThat(settings.search(all, "b", "x").getString("xfernas.search.task")).isEqualTo("other");
  }
}
