package org.xfernas.search.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.xfernas.search.Seed;
import org.xfernas.search.TestTrials;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.evaluator.Evaluator;
import org.xfernas.search.evaluator.TableColumns;
import org.xfernas.search.evaluator.TableEvaluator;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.LocalSearch;
import org.xfernas.search.optimizer.Optimizer;
import org.xfernas.search.optimizer.RandomSearch;
import org.xfernas.search.optimizer.RegularizedEvolution;
import org.xfernas.search.optimizer.RegularizedEvolution.Settings;
import org.xfernas.search.optimizer.Screen;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.space.Architecture;
import org.xfernas.search.space.EdgeCellSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.Proposal;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialHistory;

class SearchRunTest {
  private static final Seed SEED = new Seed(7);
  private static final int SLOTS = 3;

  /** 64 architectures, of which every seventh is not in the table; costs of 1 to 5 seconds. */
  private static final EdgeCellSpace SPACE = new EdgeCellSpace(3, List.of("a", "b", "c", "d"));

  private static final ArchitectureTable TABLE = table();

  private static ArchitectureTable table() {
    List<String> architectures = new ArrayList<>();
    List<Double> accuracies = new ArrayList<>();
    List<Double> costs = new ArrayList<>();
    for (int row = 0; row < 64; row++) {
      if (row % 7 != 3) {
        architectures.add(SPACE.decode(new int[] {row / 16, row / 4 % 4, row % 4}).text());
        accuracies.add(row * 37 % 64 + 0.5);
        costs.add(1.0 + row * 11 % 5);
      }
    }
    return new ArchitectureTable(
        "table", architectures, Map.of("val", array(accuracies), "cost", array(costs)));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static TableEvaluator evaluator(int slots) {
    return new TableEvaluator(
        TABLE, new TableColumns("arch", "val", Optional.empty(), Optional.of("cost")), slots);
  }

  private static SearchPlan plan(Mode mode, StopCriterion... stop) {
    return new SearchPlan(
        new Objective("val", false), List.of(stop), mode, OptionalInt.empty(), SEED);
  }

  private static StopCriterion evaluations(int limit) {
    return new StopCriterion.Evaluations(limit);
  }

  private static Optimizer random() {
    return new RandomSearch(SPACE, Deduplication.TEXT, SEED);
  }

  /** A search whose optimizer takes no time, so that journals can be compared. */
  private static SearchRun search(
      Optimizer optimizer,
      Evaluator evaluator,
      SearchJournal journal,
      SearchPlan plan,
      SearchListener listener) {
    return new SearchRun(
        SPACE, optimizer, evaluator, journal, plan, listener, InstantSource.fixed(Instant.EPOCH));
  }

  private static SearchOutcome run(Evaluator evaluator, SearchJournal journal, SearchPlan plan)
      throws InterruptedException {
    return search(random(), evaluator, journal, plan, SearchListener.NONE).run();
  }

  /** Writes its calls and those of the stages into one list. */
  private static final class Protocol implements SearchJournal, SearchListener {
    private final SearchJournal journal = SearchJournal.inMemory();
    private final List<String> lines = new ArrayList<>();

    private static String numbers(Stream<Proposal> proposals) {
      return proposals.map(proposal -> " " + proposal.number()).reduce("", String::concat);
    }

    private void write(String event, List<Proposal> proposals) {
      lines.add(event + numbers(proposals.stream()));
    }

    private void writeTrials(String event, List<Trial> trials) {
      lines.add(event + numbers(trials.stream().map(Trial::proposal)));
    }

    @Override
    public List<Proposal> proposals() {
      return journal.proposals();
    }

    @Override
    public List<Trial> trials() {
      return journal.trials();
    }

    @Override
    public void propose(List<Proposal> proposals) {
      write("journal", proposals);
      journal.propose(proposals);
    }

    @Override
    public void record(List<Trial> trials) {
      writeTrials("journal result", trials);
      journal.record(trials);
    }

    @Override
    public void onResume(List<Trial> finished, List<Proposal> pending) {
      writeTrials("replay", finished);
      write("again", pending);
    }

    @Override
    public void onPropose(List<Proposal> proposals) {
      write("propose", proposals);
    }

    @Override
    public void onEvaluate(List<Proposal> proposals) {
      write("evaluate", proposals);
    }

    @Override
    public void onRecord(List<Trial> trials) {
      writeTrials("record", trials);
    }

    @Override
    public void onRefit(TrialHistory history) {
      lines.add("refit to " + history.size());
    }
  }

  /** Both slots are free again after each second. */
  @Test
  void goesThroughItsStagesInOrder() throws InterruptedException {
    Protocol protocol = new Protocol();
    TableEvaluator evaluator =
        new TableEvaluator(TABLE, "val", Optional.empty(), architecture -> 1, 2);

    search(random(), evaluator, protocol, plan(Mode.SYNCHRONOUS, evaluations(3)), protocol).run();

    assertThat(protocol.lines)
        .containsExactly(
            "refit to 0",
            "journal 1 2",
            "propose 1 2",
            "evaluate 1 2",
            "journal result 1 2",
            "record 1 2",
            "refit to 2",
            "journal 3",
            "propose 3",
            "evaluate 3",
            "journal result 3",
            "record 3",
            "refit to 3");
  }

  @Test
  void replaysWhatIsFinishedAndEvaluatesAgainWhatIsNot() throws InterruptedException {
    SearchPlan plan = plan(Mode.SYNCHRONOUS, evaluations(3));
    SearchJournal whole = SearchJournal.inMemory();
    run(evaluator(3), whole, plan);
    Protocol protocol = new Protocol();
    protocol.journal.propose(whole.proposals());
    protocol.journal.record(whole.trials().subList(1, 2));

    search(random(), evaluator(3), protocol, plan, protocol).run();

    assertThat(protocol.lines).startsWith("replay 2", "again 1 3").endsWith("refit to 3");
    assertThat(protocol.lines).noneMatch(line -> line.contains("propose"));
    assertThat(protocol.trials()).isEqualTo(whole.trials());
  }

  @Test
  void proposesRoundsOfTheBatch() throws InterruptedException {
    SearchPlan plan =
        new SearchPlan(
            new Objective("val", false),
            List.of(evaluations(11)),
            Mode.SYNCHRONOUS,
            OptionalInt.of(4),
            SEED);

    SearchOutcome outcome = run(evaluator(SLOTS), SearchJournal.inMemory(), plan);

    for (Trial trial : outcome.trials()) {
      int before = (trial.proposal().number() - 1) / 4 * 4;
      assertThat(trial.proposal().basis().observed())
          .isEqualTo(IntStream.rangeClosed(1, before).boxed().toList());
      assertThat(trial.proposal().basis().pending()).isEmpty();
    }
    assertThat(outcome.trials()).hasSize(11);
  }

  @Test
  void keepsAllSlotsBusyInAsynchronousMode() throws InterruptedException {
    SearchOutcome outcome =
        run(evaluator(SLOTS), SearchJournal.inMemory(), plan(Mode.ASYNCHRONOUS, evaluations(30)));

    assertThat(outcome.trials()).hasSize(30);
    for (Trial trial : outcome.trials()) {
      assertThat(trial.result().execution().secondsWaiting()).isZero();
      if (trial.proposal().number() > SLOTS) {
        int others =
            trial.proposal().basis().pending().size() + trial.proposal().basis().observed().size();
        assertThat(trial.proposal().basis().pending()).hasSizeLessThan(SLOTS);
        assertThat(others).isLessThan(trial.proposal().number());
      }
    }
    assertThat(outcome.trials())
        .filteredOn(trial -> trial.proposal().number() > SLOTS)
        .anySatisfy(trial -> assertThat(trial.proposal().basis().pending()).hasSize(SLOTS - 1));
  }

  @ParameterizedTest
  @EnumSource
  void countsFailedTrialsAndNeverLaunchesMoreThanTheBudget(Mode mode) throws InterruptedException {
    SearchJournal journal = SearchJournal.inMemory();

    SearchOutcome outcome = run(evaluator(SLOTS), journal, plan(mode, evaluations(31)));

    assertThat(journal.proposals()).hasSize(31);
    assertThat(outcome.trials()).hasSize(31).anyMatch(trial -> !trial.result().completed());
    assertThat(outcome.stop()).contains(evaluations(31));
  }

  @ParameterizedTest
  @EnumSource
  void endsWhereTheSpaceIsExhausted(Mode mode) throws InterruptedException {
    SearchOutcome outcome =
        run(evaluator(SLOTS), SearchJournal.inMemory(), plan(mode, evaluations(1_000)));

    assertThat(outcome.trials()).hasSize(64);
    assertThat(outcome.stop()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtTheGpuTime(Mode mode) throws InterruptedException {
    StopCriterion criterion = new StopCriterion.GpuTime(Duration.ofSeconds(50));

    SearchOutcome outcome =
        run(evaluator(1), SearchJournal.inMemory(), plan(mode, evaluations(60), criterion));

    List<Double> seconds =
        outcome.trials().stream()
            .map(trial -> trial.result().execution().secondsTraining())
            .toList();
    assertThat(sum(seconds)).isGreaterThanOrEqualTo(50);
    assertThat(sum(seconds.subList(0, seconds.size() - 1))).isLessThan(50);
    assertThat(outcome.stop()).contains(criterion);
  }

  private static double sum(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).sum();
  }

  @ParameterizedTest
  @EnumSource(Mode.class)
  void gpuTimeOfOthersCountsAndRoomIsLeftForMore(Mode mode) throws InterruptedException {
    double limit = seconds(new StopCriterion.GpuTime(Duration.ofSeconds(50)), mode);
    assertThat(seconds(new StopCriterion.GpuTime(Duration.ofSeconds(80), 30), mode))
        .isEqualTo(limit);
    assertThat(seconds(new StopCriterion.GpuTimeWithRoom(Duration.ofSeconds(50), 2), mode))
        .isPositive()
        .isLessThan(limit);
  }

  private double seconds(StopCriterion criterion, Mode mode) throws InterruptedException {
    SearchJournal journal = SearchJournal.inMemory();
    run(evaluator(1), journal, plan(mode, evaluations(60), criterion));
    return SearchProgress.of(Objective.VALIDATION_ACCURACY, journal).gpuSeconds();
  }

  @ParameterizedTest
  @EnumSource
  void stopsAtTheWallTime(Mode mode) throws InterruptedException {
    StopCriterion criterion = new StopCriterion.WallTime(Duration.ofSeconds(20));
    TableEvaluator evaluator = evaluator(SLOTS);

    SearchOutcome outcome =
        run(evaluator, SearchJournal.inMemory(), plan(mode, evaluations(60), criterion));

    assertThat(outcome.stop()).contains(criterion);
    assertThat(outcome.trials())
        .allSatisfy(
            trial ->
                assertThat(trial.result().execution().started())
                    .isBefore(Instant.ofEpochSecond(20)));
    assertThat(evaluator.clock().instant()).isAfterOrEqualTo(Instant.ofEpochSecond(20));
  }

  @Test
  void stopsAtTheTargetAccuracy() throws InterruptedException {
    StopCriterion criterion = new StopCriterion.TargetAccuracy(55);

    SearchOutcome outcome =
        run(
            evaluator(1),
            SearchJournal.inMemory(),
            plan(Mode.SYNCHRONOUS, evaluations(60), criterion));

    assertThat(outcome.stop()).contains(criterion);
    int last = outcome.trials().size() - 1;
    assertThat(outcome.trials().get(last).result().scores().validation().getAsDouble())
        .isGreaterThanOrEqualTo(55);
    assertThat(outcome.trials().subList(0, last))
        .allSatisfy(
            trial -> assertThat(trial.result().scores().validation().orElse(0)).isLessThan(55));
  }

  @Test
  void stopsAtTheTargetFromAboveWhereLowerIsBetter() throws InterruptedException {
    SearchPlan plan =
        new SearchPlan(
            new Objective("val", true),
            List.of(evaluations(60), new StopCriterion.TargetAccuracy(9)),
            Mode.SYNCHRONOUS,
            OptionalInt.empty(),
            SEED);

    List<Trial> trials = run(evaluator(1), SearchJournal.inMemory(), plan).trials();

    assertThat(trials).hasSizeBetween(2, 59);
    assertThat(trials.get(trials.size() - 1).result().scores().validation().getAsDouble())
        .isLessThanOrEqualTo(9);
    assertThat(trials.subList(0, trials.size() - 1))
        .allSatisfy(
            trial -> assertThat(trial.result().scores().validation().orElse(100)).isGreaterThan(9));
  }

  @Test
  void derivesTheSeedOfATrialFromItsArchitectureAndReplicate() throws InterruptedException {
    SearchJournal journal = SearchJournal.inMemory();
    search(
            new RandomSearch(SPACE, Deduplication.NONE, SEED),
            evaluator(1),
            journal,
            plan(Mode.SYNCHRONOUS, evaluations(200)),
            SearchListener.NONE)
        .run();

    List<Architecture> before = new ArrayList<>();
    for (Proposal proposal : journal.proposals()) {
      Architecture architecture = proposal.architecture();
      long replicate = before.stream().filter(architecture::equals).count();
      assertThat(proposal.seed())
          .isEqualTo(SEED.child("trial", architecture.text(), replicate).value());
      before.add(architecture);
    }
    assertThat(journal.proposals()).extracting(Proposal::seed).doesNotHaveDuplicates();
  }

  /** The stopwatch advances by two seconds whenever it is read: every call takes two. */
  @Test
  void sharesTheTimeOfTheOptimizerAmongItsProposals() throws InterruptedException {
    SearchJournal journal = SearchJournal.inMemory();
    Instant[] now = {Instant.EPOCH};

    new SearchRun(
            SPACE,
            random(),
            evaluator(4),
            journal,
            plan(Mode.SYNCHRONOUS, evaluations(6)),
            SearchListener.NONE,
            () -> now[0] = now[0].plusSeconds(2))
        .run();

    assertThat(journal.proposals())
        .extracting(Proposal::optimizerSeconds)
        .containsExactly(0.5, 0.5, 0.5, 0.5, 1.0, 1.0);
  }

  /** The end of the process, as far as a search can tell. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** A journal whose process ends right after a write. */
  private record KillingJournal(SearchJournal journal, int[] writesLeft) implements SearchJournal {
    @Override
    public List<Proposal> proposals() {
      return journal.proposals();
    }

    @Override
    public List<Trial> trials() {
      return journal.trials();
    }

    @Override
    public void propose(List<Proposal> proposals) {
      journal.propose(proposals);
      countDown();
    }

    @Override
    public void record(List<Trial> trials) {
      assertThat(trials).doesNotHaveDuplicates();
      assertThat(journal.trials()).doesNotContainAnyElementsOf(trials);
      journal.record(trials);
      countDown();
    }

    private void countDown() {
      if (--writesLeft[0] == 0) {
        throw new Killed();
      }
    }
  }

  static Stream<Arguments> searches() {
    Function<Seed, Optimizer> random = seed -> new RandomSearch(SPACE, Deduplication.NONE, seed);
    Function<Seed, Optimizer> evolution =
        seed ->
            new RegularizedEvolution(
                SPACE, Screen.NONE, new Settings(6, 3), Deduplication.TEXT, seed);
    Function<Seed, Optimizer> localSearch =
        seed -> new LocalSearch(SPACE, Screen.NONE, Deduplication.ID, seed);
    OptionalInt slots = OptionalInt.empty();
    StopCriterion wallTime = new StopCriterion.WallTime(Duration.ofSeconds(30));
    return Stream.of(random, evolution, localSearch)
        .flatMap(
            optimizer ->
                Stream.of(
                    arguments(optimizer, Mode.SYNCHRONOUS, slots, wallTime),
                    arguments(optimizer, Mode.SYNCHRONOUS, OptionalInt.of(5), evaluations(23)),
                    arguments(optimizer, Mode.ASYNCHRONOUS, slots, wallTime),
                    arguments(optimizer, Mode.ASYNCHRONOUS, slots, evaluations(40))));
  }

  @ParameterizedTest
  @MethodSource("searches")
  void endsAsTheUndisturbedSearchWhereverItWasStopped(
      Function<Seed, Optimizer> optimizer, Mode mode, OptionalInt batch, StopCriterion stop)
      throws InterruptedException {
    SearchPlan plan = new SearchPlan(new Objective("val", false), List.of(stop), mode, batch, SEED);
    SearchJournal undisturbed = SearchJournal.inMemory();
    int[] writes = {Integer.MAX_VALUE};
    KillingJournal counting = new KillingJournal(undisturbed, writes);
    search(optimizer.apply(SEED), evaluator(SLOTS), counting, plan, SearchListener.NONE).run();
    int allWrites = Integer.MAX_VALUE - writes[0];
    assertThat(allWrites).isGreaterThan(8);

    for (int cut = 1; cut <= allWrites; cut++) {
      SearchJournal journal = SearchJournal.inMemory();
      KillingJournal killing = new KillingJournal(journal, new int[] {cut});
      SearchRun killed =
          search(optimizer.apply(SEED), evaluator(SLOTS), killing, plan, SearchListener.NONE);
      assertThatThrownBy(killed::run).isInstanceOf(Killed.class);

      search(optimizer.apply(SEED), evaluator(SLOTS), journal, plan, SearchListener.NONE).run();

      assertThat(journal.proposals()).as("cut %d", cut).isEqualTo(undisturbed.proposals());
      assertThat(journal.trials()).as("cut %d", cut).isEqualTo(undisturbed.trials());
    }
  }

  @ParameterizedTest
  @EnumSource
  void endsAsTheUndisturbedSearchAfterAStopAtEveryWrite(Mode mode) throws InterruptedException {
    SearchPlan plan = plan(mode, evaluations(20));
    SearchJournal undisturbed = SearchJournal.inMemory();
    run(evaluator(SLOTS), undisturbed, plan);

    SearchJournal journal = SearchJournal.inMemory();
    boolean finished = false;
    while (!finished) {
      try {
        run(evaluator(SLOTS), new KillingJournal(journal, new int[] {1}), plan);
        finished = true;
      } catch (Killed e) {
        // The next round of the loop is the next process.
      }
    }

    assertThat(journal.proposals()).isEqualTo(undisturbed.proposals());
    assertThat(journal.trials()).isEqualTo(undisturbed.trials());
  }

  @Test
  void leavesAJournalToResumeFromWhereItIsInterrupted() throws InterruptedException {
    SearchPlan plan = plan(Mode.ASYNCHRONOUS, evaluations(20));
    SearchJournal undisturbed = SearchJournal.inMemory();
    run(evaluator(SLOTS), undisturbed, plan);
    SearchJournal journal = SearchJournal.inMemory();
    SearchListener interrupting =
        new SearchListener() {
          @Override
          public void onEvaluate(List<Proposal> proposals) {
            if (proposals.get(0).number() >= 10) {
              Thread.currentThread().interrupt();
            }
          }
        };
    SearchRun interrupted = search(random(), evaluator(SLOTS), journal, plan, interrupting);

    assertThatThrownBy(interrupted::run).isInstanceOf(InterruptedException.class);
    assertThat(journal.trials()).hasSizeBetween(1, 19);

    run(evaluator(SLOTS), journal, plan);
    assertThat(journal.trials()).isEqualTo(undisturbed.trials());
  }

  /** In asynchronous mode on a real clock, where results come in another order after the stop. */
  @Test
  void losesAndRepeatsNothingWhereTheOrderOfCompletionDecides() throws InterruptedException {
    SearchPlan plan = plan(Mode.ASYNCHRONOUS, evaluations(20));
    for (int cut = 1; cut <= 20; cut++) {
      SearchJournal journal = SearchJournal.inMemory();
      KillingJournal killing = new KillingJournal(journal, new int[] {cut});
      SearchRun killed =
          search(random(), new DisorderlyEvaluator(true), killing, plan, SearchListener.NONE);
      assertThatThrownBy(killed::run).isInstanceOf(Killed.class);
      List<Proposal> proposals = journal.proposals();
      List<Trial> trials = journal.trials();
      List<Integer> finished = trials.stream().map(trial -> trial.proposal().number()).toList();

      DisorderlyEvaluator evaluator = new DisorderlyEvaluator(false);
      KillingJournal checking = new KillingJournal(journal, new int[] {Integer.MAX_VALUE});
      SearchOutcome outcome = run(evaluator, checking, plan);

      assertThat(journal.proposals()).hasSize(20).startsWith(proposals.toArray(Proposal[]::new));
      assertThat(journal.trials()).containsAll(trials).isEqualTo(outcome.trials());
      assertThat(outcome.trials())
          .extracting(trial -> trial.proposal().number())
          .isEqualTo(IntStream.rangeClosed(1, 20).boxed().toList());
      assertThat(evaluator.launched)
          .containsExactlyInAnyOrderElementsOf(
              IntStream.rangeClosed(1, 20)
                  .filter(number -> !finished.contains(number))
                  .boxed()
                  .toList());
    }
  }

  /** Finishes what was launched last, or first; keeps the caller waiting and repeats itself. */
  private static final class DisorderlyEvaluator implements Evaluator {
    private final boolean lastFirst;
    private final List<Proposal> running = new ArrayList<>();
    private final List<Integer> launched = new ArrayList<>();
    private boolean idle;

    DisorderlyEvaluator(boolean lastFirst) {
      this.lastFirst = lastFirst;
    }

    @Override
    public int slots() {
      return 4;
    }

    @Override
    public void launch(Proposal proposal) {
      running.add(proposal);
      launched.add(proposal.number());
    }

    @Override
    public List<Trial> await(Duration atMost) {
      idle = !idle;
      if (idle) {
        return List.of();
      }
      Trial trial = TestTrials.completed(running.remove(lastFirst ? running.size() - 1 : 0), 50);
      return List.of(trial, trial);
    }

    @Override
    public InstantSource clock() {
      return InstantSource.fixed(Instant.EPOCH);
    }

    @Override
    public void close() {}
  }
}
