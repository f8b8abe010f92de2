package org.xfernas.jobs.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Settings;

class SearchSettingsTest {
  @TempDir Path directory;

  private static SearchSettings read(String search) {
    return read(search, "");
  }

  private static SearchSettings read(String search, String others) {
    // Tests run in the module's directory, jobs in the project's.
    String data = "xfernas.data.dir = \"../data/fashion-mnist-subset\"\n";
    String text = "%sxfernas.search {\n%s\n}\n%s".formatted(data, search, others);
    var config = ConfigFactory.parseString(text);
    var effective = config.withFallback(ConfigFactory.defaultReference()).resolve();
    return Settings.read(effective, SearchSections.class).search();
  }

  private String table() throws IOException {
    Path table = directory.resolve("table.csv");
    Files.writeString(table, "arch,c100_val12,c100_test200_mean,c100_flops\n");
    return table.toString();
  }

  @Test
  void defaultsSearchTheLargeSpaceByTraining() {
    SearchSettings settings = read("");
    assertThat(settings.evaluator()).isEqualTo(new EvaluatorSettings.Train());
    assertThat(settings.space().operations()).hasSize(19).startsWith("identity", "conv_1x1");
    assertThat(settings.optimizer().type()).isEqualTo("evolution");
  }

  @Test
  void aTableBackedSearchIsReadAsTheDocumentationHasIt() throws IOException {
    String table = table();
    SearchSettings settings =
        read(
            """
            task = "c100"
            space { type = edge-cell, nodes = 4, operations = [none, skip_connect, nor_conv_1x1, nor_conv_3x3, avg_pool_3x3] }
            evaluator { type = table, path = "%s", architecture = arch, metric = c100_val12, test-metric = c100_test200_mean, cost = c100_flops }
            sources = [ { task = "c10", evaluations = 200, metric = c10_val200_mean }, { task = "in16", evaluations = 200, metric = in16_val200_seed1 } ]
            optimizer { type = random-search, transfer = none }
            budget { evaluations = 33 }
            seed = 1
            """
                .formatted(table));
    assertThat(settings.space())
        .isEqualTo(
            new SpaceSettings.EdgeCell(
                4,
                List.of("none", "skip_connect", "nor_conv_1x1", "nor_conv_3x3", "avg_pool_3x3")));
    assertThat(settings.evaluator())
        .isEqualTo(
            new EvaluatorSettings.Table(
                Path.of(table),
                "arch",
                "c100_val12",
                Optional.of("c100_test200_mean"),
                Optional.of("c100_flops"),
                Optional.empty(),
                false));
    assertThat(((EvaluatorSettings.Table) settings.evaluator()).otherCost()).contains("c100_flops");
    assertThat(costing("train_time_s").otherCost()).isEmpty();
    assertThat(costing("train_seconds").otherCost()).isEmpty();
    assertThat(costing("milliseconds").otherCost()).isPresent();
    assertThat(costing("images_per_s").otherCost()).isPresent();
    assertThat(settings.sources()).hasSize(2);
    assertThat(settings.optimizer().type()).isEqualTo("random");
    assertThat(settings.budget().evaluations()).contains(33);
  }

  @Test
  void anIdThatLeadsOutOfTheOutputIsRefused() {
    assertThatThrownBy(() -> read("id = \"..\""))
        .hasMessageContaining("xfernas.search.id = \"..\"");
  }

  @Test
  void theNameOfAnotherSearchsChoiceIsRefused() {
    assertThatThrownBy(() -> read("id = a.choice"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.id = \"a.choice\"")
        .hasMessageContaining("another search keeps its choice at the end");
  }

  @Test
  void whatNoSearchCanRunWithIsRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    """
                    id = "a/b"
                    space { operations = [] }
                    evaluator { type = table, path = "missing.csv", architecture = arch, metric = m }
                    optimizer { type = naoo, transfer = proces }
                    budget.evaluations = 0
                    choice.candidates = 2
                    batch = 0
                    """))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.id = \"a/b\"")
        .hasMessageContaining("xfernas.search.space: ")
        .hasMessageContaining("it needs at least one operation (operations=[])")
        .hasMessageContaining("xfernas.search.evaluator.path = \"missing.csv\"")
        .hasMessageContaining("there is no such file")
        .hasMessageContaining("must be one of default, network, none, process, replay")
        .hasMessageContaining("(did you mean process?)")
        .hasMessageContaining(
            "is no optimizer (did you mean nao?); available are: random, evolution")
        .hasMessageContaining("xfernas.search.budget.evaluations = 0")
        .hasMessageContaining(
            "is missing; set it to the column of the table that the best are compared by")
        .hasMessageContaining("xfernas.search.choice.candidates = 2")
        .hasMessageContaining("leaves no evaluation to search with")
        .hasMessageContaining("xfernas.search.batch = 0");
  }

  @Test
  void theDefaultsOfASpaceHoldForItsTypeOnly() {
    assertThat(read("space { type = block-cell, blocks = 2 }").space().operations()).hasSize(19);
    assertThatThrownBy(() -> read("space { type = edge-cell, nodes = 4 }"))
        .hasMessageContaining("xfernas.search.space.operations: is missing; set it to a list");
    assertThat(
            read("space { type = edge-cell, nodes = 4, operations = [conv_3x3], blocks = 5 }")
                .space())
        .as("stored with the defaults of the other type")
        .isEqualTo(new SpaceSettings.EdgeCell(4, List.of("conv_3x3")));
    assertThatThrownBy(
            () ->
                read("space { type = edge-cell, nodes = 4, operations = [conv_3x3], blocks = 4 }"))
        .hasMessageContaining("xfernas.search.space.blocks = 4");
  }

  @Test
  void aSearchWithoutAnEndIsRefused() {
    assertThatThrownBy(() -> read("budget.evaluations = null"))
        .hasMessageContaining("set at least one of the settings of the budget");
  }

  @Test
  void whatCannotBeTrainedIsRefusedAllAtOnce() {
    assertThatThrownBy(
            () ->
                read(
                    "space { type = edge-cell, nodes = 3, operations = [conv_9x9, identity] }",
                    "xfernas.data.split.training-limit = 50, xfernas.trial.protocol.batch-size = 64"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.space.operations = [\"conv_9x9\",\"identity\"]")
        .hasMessageContaining("no network can be built with conv_9x9; leave it out")
        .hasMessageContaining("xfernas.trial.protocol.batch-size = 64")
        .hasMessageContaining("set batch-size to at most 50");
  }

  @Test
  void imagesThatAreNotThereAreRefused() {
    assertThatThrownBy(() -> read("", "xfernas.data.dir = nowhere"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.data: ")
        .hasMessageContaining("set xfernas.data.dir to a directory with this file");
  }

  @Test
  void anOutputThatCannotBeWrittenToIsRefused() throws IOException {
    String table = table();
    assertThatThrownBy(() -> read("", "xfernas.output = \"%s/runs\"".formatted(table)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.output = \"%s/runs\"".formatted(table))
        .hasMessageContaining("choose a directory that this user may write to");
  }

  @Test
  void trainingAndAveragingArePartOfWhatASearchWasStartedWith() {
    SearchConfiguration worker = configuration("");
    assertThatThrownBy(
            () ->
                configuration("{ training = parameter-averaging, averaging-frequency = 7 }")
                    .requireSameAs(worker, "a"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.trial.averaging-frequency was 5 and is 7")
        .hasMessageContaining("xfernas.trial.training was \"worker\"");
    assertThat(worker.protocolText()).get().asString().contains("\"training\":\"worker\"");
  }

  @Test
  void aSettingThatSearchesDidNotHaveIsNoneOfTheirNames() {
    assertThat(configuration("").text()).doesNotContain("snapshot");
  }

  private static SearchConfiguration configuration(String trial) {
    String data = "xfernas.data.dir = \"../data/fashion-mnist-subset\"\n";
    var config =
        ConfigFactory.parseString(data + (trial.isEmpty() ? "" : "xfernas.trial " + trial));
    var effective = config.withFallback(ConfigFactory.defaultReference()).resolve();
    return SearchConfiguration.of(
        effective, Settings.read(effective, SearchSections.class).search());
  }

  @Test
  void anyOperationCanBeLookedUp() throws IOException {
    String table = table();
    assertThat(
            read("""
                    space { type = edge-cell, nodes = 3, operations = [conv_9x9, identity] }
                    evaluator { type = table, path = "%s", architecture = arch, metric = c100_val12 }
                    """
                    .formatted(table))
                .space()
                .operations())
        .contains("conv_9x9");
  }

  @Test
  void aColumnOfTheChoiceThatIsNotThereIsRefused() throws IOException {
    String search =
        """
        space { type = edge-cell, nodes = 3, operations = [conv] }
        evaluator { type = table, path = "%s", architecture = arch, metric = c100_val12 }
        choice { candidates = %d, metric = c100_test200 }
        """;
    assertThatThrownBy(() -> read(search.formatted(table(), 3)))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.choice.metric = \"c100_test200\"")
        .hasMessageContaining(
            "the table has no column c100_test200 (did you mean c100_test200_mean?)");
    assertThat(read(search.formatted(table(), 0)).choice().candidates()).isZero();
  }

  @Test
  void columnsThatAreNoFeaturesAreRefused() throws IOException {
    Path table = directory.resolve("table.csv");
    Files.writeString(table, "arch,c100_val12,c100_flops\n|conv~0|,60,many\n");
    String search =
        """
        space { type = edge-cell, nodes = 2, operations = [conv] }
        evaluator { type = table, path = "%s", architecture = arch, metric = c100_val12, features = [%s] }
        """;
    assertThatThrownBy(() -> read(search.formatted(table, "c10_flops")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.evaluator.features = [\"c10_flops\"]")
        .hasMessageContaining(
            "the table has no column c10_flops (did you mean c100_flops?); its columns are arch, c100_val12, c100_flops");
    assertThatThrownBy(() -> read(search.formatted(table, "c100_flops")))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.evaluator.features = [\"c100_flops\"]")
        .hasMessageContaining("\"many\" is no number");
  }

  private static EvaluatorSettings.Table costing(String column) {
    return new EvaluatorSettings.Table(
        Path.of("table.csv"),
        "arch",
        "accuracy",
        Optional.empty(),
        Optional.of(column),
        Optional.empty(),
        false);
  }
}
