package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.common.collect.ImmutableList;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.search.SearchRuns.Outcome;

class SearchJobIT {
  @TempDir Path directory;
  private SearchRuns runs;

  @BeforeEach
  void writeTable() throws IOException {
    runs = new SearchRuns(directory);
  }

  @Test
  void theSummaryHasTheTrajectoryOfTheTable() throws Exception {
    Outcome outcome = runs.search(runs.settings("a"));

    assertThat(outcome.result().exitCode()).isEqualTo(ExitCode.DONE);
    JsonNode summary = outcome.summary();
    assertThat(ImmutableList.copyOf(summary.fieldNames()))
        .containsExactly(
            "job",
            "run_id",
            "search_id",
            "task",
            "optimizer",
            "transfer",
            "seed",
            "source_snapshot",
            "source_tasks",
            "evaluations",
            "failed",
            "best",
            "trajectory",
            "gpu_days",
            "wall_seconds",
            "optimizer_seconds",
            "hand_over",
            "report");
    assertThat(summary.get("search_id").asText()).isEqualTo("a");
    assertThat(summary.get("optimizer").asText()).isEqualTo("evolution");
    assertThat(summary.get("evaluations").asInt()).isEqualTo(8);
    assertThat(summary.get("gpu_days").asDouble()).isEqualTo(80 / 86_400.0);
    double best = 0;
    for (JsonNode entry : summary.get("trajectory")) {
      double value = entry.get("validation_accuracy").asDouble();
      assertThat(value)
          .isEqualTo(runs.value(entry.get("architecture").asText()))
          .isGreaterThanOrEqualTo(best);
      assertThat(entry.get("test_accuracy").asDouble()).isEqualTo(value / 2);
      best = value;
    }
    assertThat(summary.get("trajectory")).hasSize(8);
    assertThat(summary.get("best").get("validation_accuracy").asDouble()).isEqualTo(best);

    String cell = summary.get("best").get("architecture").asText();
    assertThat(outcome.out())
        .contains("best cell: " + cell)
        .contains("against random architectures: ")
        .contains("tables: " + directory.resolve("warehouse"))
        .contains("FROM trials WHERE search_id = 'a'");
    assertThat(outcome.err()).contains("8 of 8 candidates, best %.2f".formatted(best));
    assertThat(directory.resolve("runs/a/best.svg")).content().contains("<svg");
  }

  @Test
  void aFinishedSearchShowsItsSummaryAgainAndHowToStartAnew() throws Exception {
    JsonNode first = runs.search(runs.settings("a")).summary();
    Files.delete(directory.resolve("runs/a/summary.json"));
    Files.delete(directory.resolve("table.csv"));
    Outcome again = runs.search(runs.settings("a"));

    assertThat(again.err())
        .contains("the search a is finished")
        .contains("xfernas.search.restart=true")
        .contains("another xfernas.search.id");
    assertThat(again.summary().get("trajectory")).isEqualTo(first.get("trajectory"));
    assertThat(again.summary().get("run_id")).isNotEqualTo(first.get("run_id"));
  }

  @Test
  void theBestAreEvaluatedAtFullFidelityBeforeOneIsChosen() throws Exception {
    String choice = "xfernas.search.choice { candidates = 3, metric = full }";
    Outcome outcome = runs.search(runs.settings("a", choice));
    JsonNode summary = outcome.summary();
    assertThat(summary.get("trajectory")).as("of the search itself").hasSize(5);
    assertThat(summary.get("evaluations").asInt()).isEqualTo(8);
    assertThat(summary.get("gpu_days").asDouble()).isCloseTo(80 / 86_400.0, within(1e-12));

    List<String> byGuide =
        runs.recorded("a").trials().stream()
            .map(trial -> trial.proposal().architecture().text())
            .sorted(Comparator.comparingDouble(runs::value).reversed())
            .toList();
    List<String> chosenFrom =
        runs.recorded("a.choice").trials().stream()
            .map(trial -> trial.proposal().architecture().text())
            .toList();
    assertThat(chosenFrom).isEqualTo(byGuide.subList(0, 3));
    // The column full is 100 less the column valid.
    String worst = chosenFrom.get(2);
    assertThat(summary.get("best").get("architecture").asText()).isEqualTo(worst);
    assertThat(summary.get("best").get("validation_accuracy").asDouble())
        .isEqualTo(100 - runs.value(worst));
    assertThat(outcome.out()).contains("best cell: " + worst, "at full fidelity ");

    JsonNode again = runs.search(runs.settings("a", choice)).summary();
    assertThat(again.get("best")).isEqualTo(summary.get("best"));
  }

  @Test
  void theChoiceIsAPartOfTheGpuTime() throws Exception {
    String choice =
        "xfernas.search { budget { evaluations = 100, gpu-time = %ds }, choice { candidates = 3, metric = full } }";
    JsonNode summary = runs.search(runs.settings("a", choice.formatted(80))).summary();
    assertThat(summary.get("trajectory")).hasSize(5);
    assertThat(summary.get("evaluations").asInt()).isEqualTo(8);

    Outcome little = runs.search(runs.settings("b", choice.formatted(20)));
    assertThat(little.summary().get("evaluations").asInt()).isEqualTo(2);
    assertThat(little.summary().get("gpu_days").asDouble()).isCloseTo(20 / 86_400.0, within(1e-12));

    Outcome none = runs.search(runs.settings("c", choice.formatted(10)));
    assertThat(none.summary().get("evaluations").asInt()).isEqualTo(1);
    assertThat(none.err()).contains("the GPU time is used after 0 of them");
    assertThat(none.out()).contains("  valid ").doesNotContain("at full fidelity");
  }

  @Test
  void aChoiceInWhichNothingSucceededIsNoChoiceAtFullFidelity() throws Exception {
    Path table = directory.resolve("table.csv");
    // Without a value in the column full.
    Files.writeString(
        table, Files.readString(table).replaceAll("(?m)^(\\|.*),[^,\n]*,([^,\n]*)$", "$1,,$2"));
    Outcome outcome =
        runs.search(runs.settings("a", "xfernas.search.choice { candidates = 3, metric = full }"));
    assertThat(outcome.summary().get("failed").asInt()).isEqualTo(3);
    assertThat(outcome.out()).contains("  valid ").doesNotContain("at full fidelity");
  }

  @Test
  void aRestartSearchesAnewUnderTheSameName() throws Exception {
    runs.search(runs.settings("a"));
    Outcome anew =
        runs.search(
            runs.settings(
                "a", "xfernas.search { restart = true, seed = 2, budget.evaluations = 3 }"));

    assertThat(anew.err()).contains("the finished search a is called a.1 from now on");
    assertThat(anew.summary().get("evaluations").asInt()).isEqualTo(3);
    assertThat(anew.summary().get("search_id").asText()).isEqualTo("a");
  }

  @Test
  void aSearchGoesOnWithTheSameSettingsOnly() throws Exception {
    runs.search(runs.settings("a"));
    assertThatThrownBy(
            () ->
                runs.search(
                    runs.settings("a", "xfernas.search { seed = 2, budget.evaluations = 9 }")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("Cannot go on with the search a: it was started with other settings")
        .hasMessageContaining("xfernas.search.seed was 1 and is 2")
        .hasMessageContaining("xfernas.search.budget.evaluations was 8 and is 9");
  }

  @Test
  void withoutANameItIsNamedByTaskOptimizerAndSettings() throws Exception {
    String id = runs.search(runs.settings("null")).summary().get("search_id").asText();
    assertThat(id).matches("squares-evolution-[0-9a-f]{8}");
    Outcome other = runs.search(runs.settings("null", "xfernas.search.seed = 2"));
    assertThat(other.summary().get("search_id").asText()).isNotEqualTo(id);
  }

  @Test
  void aColumnThatIsNotThereIsRefused() {
    assertThatThrownBy(
            () -> runs.search(runs.settings("a", "xfernas.search.evaluator.metric = vaild")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the table has no column vaild (did you mean valid?)");
  }

  @Test
  void aSearchWithoutASuccessFailsAndHasItsSummaryAllTheSame() throws Exception {
    Files.writeString(directory.resolve("table.csv"), "arch,valid,test,seconds\n");
    Outcome outcome = runs.search(runs.settings("a"));
    assertThat(outcome.result().exitCode()).isEqualTo(ExitCode.FAILED);
    assertThat(outcome.err()).contains("no candidate of the search a was evaluated successfully");
    assertThat(outcome.summary().get("failed").asInt()).isEqualTo(8);
    assertThat(outcome.summary().get("best").isNull()).isTrue();
  }

  @Test
  void whereLowerIsBetterTheLowestIsTheBest() throws Exception {
    JsonNode summary =
        runs.search(runs.settings("a", "xfernas.search.evaluator.minimize = true")).summary();
    double best = Double.MAX_VALUE;
    for (JsonNode entry : summary.get("trajectory")) {
      assertThat(entry.get("validation_accuracy").asDouble()).isLessThanOrEqualTo(best);
      best = entry.get("validation_accuracy").asDouble();
    }
  }

  @Test
  void columnsKnownBeforehandGuideTheSurrogate() throws Exception {
    String bayesian =
        "xfernas.search { optimizer { type = bayesian, transfer = none }, budget.evaluations = 20 }";
    String features = "xfernas.search.evaluator.features = [full]";
    JsonNode structure = runs.search(runs.settings("a", bayesian)).summary();
    JsonNode column = runs.search(runs.settings("b", bayesian, features)).summary();

    assertThat(column.get("best").get("validation_accuracy").asDouble())
        .as("of a value that follows nothing but the column")
        .isGreaterThan(structure.get("best").get("validation_accuracy").asDouble());
  }
}
