package org.xfernas.jobs.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.SearchesTable.Knowledge;
import org.xfernas.search.Seed;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.run.SourceUse;
import org.xfernas.search.space.BlockCellSpace;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.space.OutputRule;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TaskDescriptor;
import org.xfernas.search.trial.TrialHistory.Observation;

class KnowledgeReaderTest {
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(3, List.of("none", "conv", "pool"));
  private static final String DECLARATION = "{\"nodes\":3,\"type\":\"edge-cell\"}";
  private static final KnowledgeUnit TARGET = unit("target", "f0", 5);
  private static final List<String> TEXTS =
      IntStream.range(0, 27)
          .mapToObj(i -> SPACE.decode(new int[] {i / 9, i / 3 % 3, i % 3}).text())
          .toList();

  @TempDir Path directory;
  private KnowledgeReader reader;

  @BeforeEach
  void start() {
    reader = new KnowledgeReader(SPACE, TARGET, new Seed(1));
  }

  private static KnowledgeUnit unit(String task, String fingerprint, int epochs) {
    return new KnowledgeUnit(
        task,
        Optional.of(fingerprint),
        DECLARATION,
        Optional.of(new Fidelity(epochs, 1)),
        Optional.of("{}"),
        Objective.VALIDATION_ACCURACY);
  }

  /** Results of the first architectures of the space; NaN for failures. */
  private static List<EvaluatedText> results(double... values) {
    return IntStream.range(0, values.length)
        .mapToObj(
            i ->
                new EvaluatedText(
                    TEXTS.get(i),
                    Double.isNaN(values[i])
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(values[i])))
        .toList();
  }

  private static SourceUse use(String task, int evaluations, double kept) {
    return new SourceUse(task, evaluations, kept, "");
  }

  private SearchKnowledge trials(Map<KnowledgeUnit, List<EvaluatedText>> units) {
    reader.addUnits(units, Map.of(), true, false);
    return reader.knowledge();
  }

  private static List<OptionalDouble> scores(SourceTask task) {
    return task.history().observations().stream().map(Observation::score).toList();
  }

  @Test
  void everyUnitButTheTargetsOwnIsASourceOfItsOwnName() {
    Map<KnowledgeUnit, List<EvaluatedText>> units = new LinkedHashMap<>();
    units.put(unit("digits", "f1", 5), results(10, 20));
    units.put(unit("digits", "f1", 25), results(30, 40));
    units.put(unit("another name of the target", "f0", 5), results(1, 2));
    units.put(unit("target", "f0", 25), results(3, 4));
    units.put(unit("toys", "f2", 5), results(5, Double.NaN, 6));
    SearchKnowledge knowledge = trials(units);

    assertThat(knowledge.sources().tasks())
        .extracting(SourceTask::task)
        .containsExactly("digits 25 epochs", "digits 5 epochs", "target 25 epochs", "toys");
    assertThat(scores(knowledge.sources().tasks().get(3)))
        .containsExactly(OptionalDouble.of(5), OptionalDouble.empty(), OptionalDouble.of(6));
    assertThat(knowledge.recorded().sources())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("hash")
        .contains(use("toys", 3, 1), use("target 25 epochs", 2, 1));
    assertThat(knowledge.earlier().size()).isZero();
    assertThat(knowledge.notes()).isEmpty();
  }

  @Test
  void aSourceIsExpectedToBeAsSimilarAsItsDataSetIs() {
    TaskDescriptor target = squares(28, 2);
    reader.addUnits(
        Map.of(
            unit("like", "f1", 5),
            results(1, 2),
            unit("smaller", "f2", 5),
            results(1, 2),
            unit("unknown", "f3", 5),
            results(1, 2)),
        Map.of("f0", target, "f1", squares(28, 2), "f2", squares(14, 2)),
        true,
        false);
    assertThat(reader.knowledge().sources().tasks())
        .extracting(SourceTask::expectedSimilarity)
        .containsExactly(
            OptionalDouble.of(target.expectedSimilarity(target)),
            OptionalDouble.of(target.expectedSimilarity(squares(14, 2))),
            OptionalDouble.empty());
  }

  private static TaskDescriptor squares(int size, int classes) {
    return new TaskDescriptor(
        size, size, 1, List.of(100.0), List.of(50.0), Collections.nCopies(classes, 1.0 / classes));
  }

  @Test
  void earlierTrialsOfTheSameUnitCountAsOwnWhereThatIsWanted() {
    reader.addUnits(Map.of(unit("other name", "f0", 5), results(1, 2)), Map.of(), false, true);
    SearchKnowledge knowledge = reader.knowledge();
    assertThat(knowledge.earlier().observations())
        .extracting(Observation::number)
        .containsExactly(-1, 0);
    assertThat(knowledge.sources().isEmpty()).isTrue();
  }

  @Test
  void anotherTypeOfSpaceIsLeftOutAndAnotherOperationListReduced() {
    KnowledgeUnit blocks =
        new KnowledgeUnit(
            "blocks",
            Optional.empty(),
            "{\"type\":\"block-cell\"}",
            Optional.empty(),
            Optional.empty(),
            Objective.VALIDATION_ACCURACY);
    List<EvaluatedText> wider =
        Stream.concat(
                results(1, 2, 3).stream(),
                Stream.of(new EvaluatedText("|skip~0|+|conv~0|conv~1|", OptionalDouble.of(9))))
            .toList();
    SearchKnowledge knowledge =
        trials(Map.of(blocks, results(1, 2), unit("wider", "f3", 5), wider));
    assertThat(knowledge.recorded().sources())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("hash")
        .containsExactly(use("wider", 3, 0.75));
    assertThat(knowledge.notes())
        .containsExactlyInAnyOrder(
            "source wider: 75.0 % of its results fit the space and are kept",
            "1 source is left out, because they are of another type of space, or their cells have other outputs: blocks");
  }

  @Test
  void cellsWithOtherOutputsAreLeftOut() {
    BlockCellSpace space = new BlockCellSpace(2, List.of("a"), OutputRule.UNUSED);
    List<EvaluatedText> results =
        Stream.of("2 a + 0 a", "0 a + 1 a", "2 a + 1 a")
            .map(last -> "normal[0 a + 1 a | %1$s] reduction[0 a + 1 a | %1$s]".formatted(last))
            .map(text -> new EvaluatedText(text, OptionalDouble.of(text.hashCode())))
            .toList();
    Map<KnowledgeUnit, List<EvaluatedText>> units = new LinkedHashMap<>();
    for (String output : List.of("all", "unused")) {
      units.put(
          new KnowledgeUnit(
              output,
              Optional.empty(),
              "{\"type\":\"block-cell\",\"output\":\"%s\"}".formatted(output),
              Optional.empty(),
              Optional.empty(),
              Objective.VALIDATION_ACCURACY),
          results);
    }
    KnowledgeReader blocks = new KnowledgeReader(space, TARGET, new Seed(1));
    blocks.addUnits(units, Map.of(), true, false);

    assertThat(blocks.knowledge().recorded().sources())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("hash")
        .containsExactly(use("unused", 3, 1));
  }

  @Test
  void oneArchitectureInTwoSpellingsHasTheMeanOfItsSuccesses() {
    FittingResults fitting =
        FittingResults.of(
            new BlockCellSpace(2, List.of("a"), OutputRule.UNUSED),
            Objective.VALIDATION_ACCURACY,
            List.of(
                evaluated("normal[0 a + 1 a | 2 a + 0 a] reduction[0 a + 1 a | 2 a + 0 a]", 40),
                evaluated("normal[0 a+1 a|2 a+0 a -> 3] reduction[0 a+1 a|2 a+0 a]", 60),
                new EvaluatedText(
                    "normal[0 a+1 a | 2 a+0 a] reduction[0 a+1 a | 2 a+0 a]",
                    OptionalDouble.empty())));

    assertThat(fitting.scores().values()).containsExactly(OptionalDouble.of(50));
  }

  private static EvaluatedText evaluated(String text, double value) {
    return new EvaluatedText(text, OptionalDouble.of(value));
  }

  @Test
  void whatRanksNothingIsLeftOutWithTheReason() {
    Map<KnowledgeUnit, List<EvaluatedText>> units = new LinkedHashMap<>();
    units.put(unit("failed", "f1", 5), results(Double.NaN, Double.NaN));
    units.put(unit("constant", "f2", 5), results(50, 50, 50));
    units.put(
        unit("infinite", "f3", 5),
        List.of(new EvaluatedText(TEXTS.get(0), OptionalDouble.of(Double.NaN))));
    SearchKnowledge knowledge = trials(units);
    assertThat(knowledge.sources().isEmpty()).isTrue();
    assertThat(knowledge.notes())
        .containsExactlyInAnyOrder(
            "2 sources are left out, because none of their trials succeeded: failed, infinite",
            "1 source is left out, because all of their values are equal, so that they rank nothing: constant");
  }

  @Test
  void tenThousandTasksOfOnePointEachAreOneLine() {
    Map<KnowledgeUnit, List<EvaluatedText>> units = new LinkedHashMap<>();
    for (int i = 0; i < 10_000; i++) {
      units.put(unit("task" + i, "data" + i, 5), results(i));
    }
    SearchKnowledge knowledge = trials(units);
    assertThat(knowledge.sources().isEmpty()).isTrue();
    assertThat(knowledge.notes())
        .containsExactly(
            "10000 sources are left out, because all of their values are equal, so that they rank nothing: task0, task1, task2, task3, task4 ...");
  }

  @Test
  void sharesBesidePerCentAreSaid() {
    SearchKnowledge knowledge =
        trials(Map.of(unit("mixed", "f1", 5), results(0.5, 0.75, 60, 80, 0.9)));
    assertThat(knowledge.notes())
        .containsExactly(
            "source mixed has values in 0..1 beside values above 1 (metric=validation_accuracy); if these are shares beside per cent, bring them to one scale");
  }

  @Test
  void candidatesThatLearntNothingAreNoShares() {
    assertThat(trials(Map.of(unit("chance", "f1", 5), results(0.83, 0.83, 60, 80))).notes())
        .isEmpty();
  }

  @Test
  void duplicatesCountOnceWithTheirMean() {
    List<EvaluatedText> twice =
        Stream.concat(results(10, 20, Double.NaN).stream(), results(30, 20, 40).stream()).toList();
    SearchKnowledge knowledge = trials(Map.of(unit("twice", "f1", 5), twice));
    assertThat(scores(knowledge.sources().tasks().get(0)))
        .containsExactly(OptionalDouble.of(20), OptionalDouble.of(20), OptionalDouble.of(40));
    assertThat(knowledge.recorded().sources())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("hash")
        .containsExactly(use("twice", 3, 1));
  }

  private static ArchitectureTable table() {
    double[] values = IntStream.range(0, 27).mapToDouble(i -> i == 3 ? Double.NaN : i).toArray();
    return new ArchitectureTable("table", TEXTS, Map.of("loss", values));
  }

  private static SourceSettings drawn(int evaluations, String metric, boolean minimize) {
    return new SourceSettings(
        "t",
        Optional.of(evaluations),
        Optional.of(metric),
        minimize,
        Optional.empty(),
        Optional.empty());
  }

  private static List<Observation> draw(long seed) {
    KnowledgeReader drawing = new KnowledgeReader(SPACE, TARGET, new Seed(seed));
    drawing.draw(drawn(9, "loss", true), "t", table());
    return drawing.knowledge().sources().tasks().get(0).history().observations();
  }

  @Test
  void drawsAreOfDifferentArchitecturesAndDependOnTheSeedAlone() {
    List<Observation> drawn = draw(1);
    assertThat(drawn).isEqualTo(draw(1)).hasSize(9);
    assertThat(drawn).isNotEqualTo(draw(2));
    assertThat(drawn).extracting(observation -> observation.architecture()).doesNotHaveDuplicates();
    for (Observation observation : drawn) {
      int row = TEXTS.indexOf(observation.architecture().text());
      assertThat(observation.score()).hasValue(-row);
    }
  }

  @Test
  void drawsAreUniform() {
    double[] counts = new double[27];
    for (long seed = 0; seed < 600; seed++) {
      draw(seed).forEach(drawn -> counts[TEXTS.indexOf(drawn.architecture().text())]++);
    }
    assertThat(counts[3]).as("has no value").isZero();
    double expected = 600 * 9 / 26.0;
    double deviation = Math.sqrt(600 * (9 / 26.0) * (17 / 26.0));
    assertThat(Arrays.stream(counts).filter(count -> count > 0).boxed())
        .hasSize(26)
        .allSatisfy(count -> assertThat(count).isCloseTo(expected, within(4 * deviation)));
  }

  @Test
  void moreDrawsThanThereAreIsAllOfThemAndSaid() {
    reader.draw(drawn(200, "loss", true), "t", table());
    assertThat(reader.knowledge().recorded().sources())
        .usingRecursiveFieldByFieldElementComparatorIgnoringFields("hash")
        .containsExactly(use("t", 26, 1));
    assertThat(reader.knowledge().notes())
        .containsExactly("source t has 26 evaluations that fit, not 200: all are taken");
  }

  @Test
  void aSourceThatIsTheTargetItselfIsSaid() {
    KnowledgeUnit target =
        new KnowledgeUnit(
            "t",
            Optional.empty(),
            DECLARATION,
            Optional.empty(),
            Optional.empty(),
            new Objective("loss", true));
    reader = new KnowledgeReader(SPACE, target, new Seed(1));
    reader.draw(drawn(9, "loss", true), "t", table());
    assertThat(reader.knowledge().notes().get(0)).startsWith("source t is the target itself");
    assertThat(reader.knowledge().sources().tasks()).hasSize(1);
  }

  @Test
  void aColumnThatIsNotThereIsRefused() {
    assertThatThrownBy(() -> reader.draw(drawn(9, "los", true), "t", table()))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("xfernas.search.sources: Cannot use table: no column \"los\"")
        .hasMessageContaining("did you mean \"loss\"?");
  }

  @Test
  void whatIsRecordedTellsOtherValuesApart() throws IOException {
    List<Knowledge> recorded = new ArrayList<>();
    for (String value : List.of("20", "20", "30")) {
      start();
      read("cell,acc\n%s,10\n%s,%s\n".formatted(TEXTS.get(0), TEXTS.get(1), value), "cell", "acc");
      recorded.add(reader.knowledge().recorded());
    }
    assertThat(recorded.get(0).agreesWith(recorded.get(1))).isTrue();
    assertThat(recorded.get(0).agreesWith(recorded.get(2))).isFalse();
    Knowledge older = new Knowledge(OptionalLong.empty(), List.of(use("t", 2, 1)));
    assertThat(older.agreesWith(recorded.get(2))).as("recorded without a hash").isTrue();
  }

  @Test
  void aColumnWithoutAValueIsRefused() {
    double[] none = new double[27];
    Arrays.fill(none, Double.NaN);
    ArchitectureTable table = new ArchitectureTable("table", TEXTS, Map.of("loss", none));
    assertThatThrownBy(() -> reader.draw(drawn(9, "loss", true), "t", table))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("its column has no value")
        .hasMessageContaining("(task=t, metric=loss)");
  }

  @Test
  void aTableOfAnotherSpaceIsRefused() {
    ArchitectureTable other =
        new ArchitectureTable("table", List.of("a", "b"), Map.of("loss", new double[] {1, 2}));
    assertThatThrownBy(() -> reader.draw(drawn(9, "loss", true), "t", other))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("none of its 2 architectures is one of the space")
        .hasMessageContaining("(task=t)");
  }

  private void read(String csv, String architecture, String metric) throws IOException {
    read(csv, Optional.of(architecture), Optional.of(metric), false);
  }

  private void read(
      String csv, Optional<String> architecture, Optional<String> metric, boolean minimize)
      throws IOException {
    Path file = directory.resolve("source.csv");
    Files.writeString(file, csv);
    SourceSettings settings =
        new SourceSettings(
            "t", Optional.empty(), metric, minimize, Optional.of(file), architecture);
    reader.read(
        settings,
        "t",
        () -> {
          throw new AssertionError("CSV needs no Spark");
        });
  }

  @Test
  void aFileMayNameItsColumnsAndHaveFailures() throws IOException {
    read("ssim,cell\n0.5,%s\n,%s\n0.25,%s\n".formatted(TEXTS.toArray()), "cell", "ssim");
    assertThat(scores(reader.knowledge().sources().tasks().get(0)))
        .containsExactly(OptionalDouble.of(0.5), OptionalDouble.empty(), OptionalDouble.of(0.25));
  }

  private void readTrials(String csv, boolean minimize) throws IOException {
    read(csv.formatted(TEXTS.toArray()), Optional.empty(), Optional.empty(), minimize);
  }

  @Test
  void aFileOfTrialsMaySayThatLowerIsBetterAndThatATrialFailed() throws IOException {
    String csv =
        """
        task,architecture,metric,minimize,status,validation_accuracy
        t,%s,loss,true,completed,0.5
        t,%s,loss,true,failed,0.125
        t,%s,loss,true,completed,0.25
        """;
    readTrials(csv, false);
    assertThat(reader.knowledge().sources().tasks()).hasSize(1);
    assertThat(scores(reader.knowledge().sources().tasks().get(0)))
        .containsExactly(OptionalDouble.of(-0.5), OptionalDouble.empty(), OptionalDouble.of(-0.25));
    assertThatThrownBy(() -> readTrials(csv.replace("true", "false"), true))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("minimize = true, and the file says that higher is better")
        .hasMessageContaining("(task=t, column=minimize, file=");
    assertThatThrownBy(() -> readTrials(csv.replace("true", "yes"), false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"yes\" is not true or false (column=minimize");
  }

  @Test
  void everyFidelityOfAFileOfTrialsIsASourceOfItsOwn() throws IOException {
    readTrials(
        """
        task,architecture,epochs,data_fraction,validation_accuracy
        t,%1$s,12,1,60
        t,%2$s,12,1,70
        t,%1$s,200,1,95
        t,%2$s,200,1,90
        t,%3$s,12,0.5,1
        t,%3$s,12,0.5,1
        """,
        false);
    assertThat(reader.knowledge().sources().tasks())
        .extracting(SourceTask::task)
        .containsExactly("t 12 epochs", "t 200 epochs");
    assertThat(scores(reader.knowledge().sources().tasks().get(0)))
        .containsExactly(OptionalDouble.of(60), OptionalDouble.of(70));
    assertThat(scores(reader.knowledge().sources().tasks().get(1)))
        .containsExactly(OptionalDouble.of(95), OptionalDouble.of(90));
    assertThat(reader.knowledge().notes())
        .containsExactly(
            "1 source is left out, because all of their values are equal, so that they rank nothing: t 12 epochs of 50.0 % of the data");
  }

  @Test
  void aFidelityThatIsNoneIsRefused() {
    String csv = "architecture,validation_accuracy,epochs,data_fraction\n%%s,60,%s\n";
    assertThatThrownBy(() -> readTrials(csv.formatted("1.5,1"), false))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"1.5\" is not a whole number (column=epochs, file=");
    assertThatThrownBy(() -> readTrials(csv.formatted("12,2"), false))
        .isInstanceOf(UsageException.class)
        .hasMessageStartingWith(
            "xfernas.search.sources: Cannot read table: data-fraction must be in (0, 1]")
        .hasMessageContaining("(file=");
  }

  @Test
  void aFileThatIsNoTableOfTheTaskIsRefused() {
    assertThatThrownBy(() -> read("cell,acc\n%s,1\n".formatted(TEXTS.get(0)), "cell", "accuracy"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("no column \"accuracy\"");
    assertThatThrownBy(() -> read("cell,acc\n%s,x\n".formatted(TEXTS.get(0)), "cell", "acc"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("\"x\" is not a number (column=acc");
    assertThatThrownBy(() -> read("task,cell,acc\nu,%s,1\n".formatted(TEXTS.get(0)), "cell", "acc"))
        .isInstanceOf(UsageException.class)
        .hasMessageContaining("the file has no row of the task (task=t");
  }
}
