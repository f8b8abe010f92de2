package org.xfernas.jobs.search;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.config.TableVersion;
import org.xfernas.jobs.source.SourceSettings;
import org.xfernas.jobs.table.TablesJournal;
import org.xfernas.search.NearestName;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.Deduplication;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.optimizer.OptimizerType;
import org.xfernas.search.optimizer.SurrogateType;
import org.xfernas.search.optimizer.Transfer;
import org.xfernas.search.run.SearchPlan;
import org.xfernas.search.run.SearchPlan.Mode;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.run.StopCriterion;
import org.xfernas.search.surrogate.nao.NaoLoss;
import org.xfernas.search.trial.Fidelity;
import org.xfernas.search.trial.Objective;

/**
 * The section {@code xfernas.search}; reference.conf says what each setting means.
 *
 * @param id empty: made of task, optimizer and configuration
 * @param restart whether to start anew under a name that is taken
 * @param reuse whether earlier trials of the same knowledge unit count
 * @param deduplicate empty: by the kind of evaluator
 * @param task name of the task
 * @param space what to choose from
 * @param evaluator how candidates are evaluated
 * @param sources what to learn from
 * @param snapshot version of the table of trials that is read; empty: the one of now
 * @param optimizer who proposes
 * @param budget when to stop
 * @param choice what the best are evaluated on once more before one is chosen
 * @param mode rounds or free slots
 * @param batch candidates per round; empty: the evaluator's slots
 * @param seed of everything random
 */
public record SearchSettings(
    Optional<String> id,
    boolean restart,
    boolean reuse,
    Optional<Deduplication> deduplicate,
    String task,
    SpaceSettings space,
    EvaluatorSettings evaluator,
    List<SourceSettings> sources,
    Optional<TableVersion> snapshot,
    Optimizer optimizer,
    Budget budget,
    Choice choice,
    Mode mode,
    Optional<Integer> batch,
    long seed)
    implements Checked {
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";

  @Override
  public void check(Problems problems) {
    String letters =
        "must consist of letters, digits, dots, hyphens and underscores, and begin with none of dots and hyphens";
    problems.require(id.isEmpty() || id.get().matches(NAME), "id", letters);
    problems.require(
        id.filter(TablesJournal::isOfChoice).isEmpty(),
        "id",
        "ends as the name under which another search keeps its choice at the end; give the search another");
    problems.require(task.matches(NAME), "task", letters);
    problems.require(
        evaluator instanceof EvaluatorSettings.Table
            || sources.stream().noneMatch(SourceSettings::isDrawn),
        "sources",
        "candidates are trained, so that there is no table to draw from; give each source a path");
    problems.require(
        Set.copyOf(sourceNames()).size() == sources.size(),
        "sources",
        "two of them are the same task and metric; leave one out, or give it another task name");
    checkChoice(problems);
    problems.require(
        batch.isEmpty() || batch.get() > 0,
        "batch",
        "a round needs a candidate; set it to 1 or more");
  }

  private void checkChoice(Problems problems) {
    if (choice.candidates() > 0) {
      boolean trains = evaluator instanceof EvaluatorSettings.Train;
      problems.require(
          !trains || choice.fidelity().isPresent(),
          "choice.fidelity",
          "is missing; set it to what the best are trained with, such as { epochs = 25, data-fraction = 1 }");
      problems.require(
          trains || choice.metric().isPresent(),
          "choice.metric",
          "is missing; set it to the column of the table that the best are compared by");
      problems.require(
          budget.evaluations().filter(all -> all <= choice.candidates()).isEmpty(),
          "choice.candidates",
          "leaves no evaluation to search with; set it below budget.evaluations");
    }
  }

  /** The same with the evaluator of the choice at the end. */
  SearchSettings ofChoice() {
    EvaluatorSettings full =
        evaluator instanceof EvaluatorSettings.Table table
            ? table.with(choice.metric().orElseThrow())
            : evaluator;
    return new SearchSettings(
        id,
        restart,
        reuse,
        deduplicate,
        task,
        space,
        full,
        sources,
        snapshot,
        optimizer,
        budget,
        choice,
        mode,
        batch,
        seed);
  }

  /** What the sources are called: by their tasks, and their metrics where those are the same. */
  List<String> sourceNames() {
    List<String> tasks = sources.stream().map(SourceSettings::task).toList();
    return sources.stream()
        .map(
            source ->
                Collections.frequency(tasks, source.task()) == 1
                    ? source.task()
                    : source.task() + " " + source.metricColumn())
        .toList();
  }

  /**
   * Further columns of the evaluator's table: those that sources are drawn from, and that of the
   * choice at the end, so that one that is not there is found before the search.
   */
  List<String> furtherMetrics() {
    Stream<String> drawn =
        transfers()
            ? sources.stream().filter(SourceSettings::isDrawn).map(SourceSettings::metricColumn)
            : Stream.of();
    return Stream.concat(drawn, choice.column().stream()).toList();
  }

  /** What guides it. */
  Objective objective() {
    return evaluator.objective();
  }

  /** What it is to do before the choice at the end. */
  SearchPlan plan(OptionalInt decidedBatch) {
    return new SearchPlan(
        objective(), budgetBeforeChoice().criteria(), mode, decidedBatch, new Seed(seed));
  }

  /** The budget without the evaluations that are set aside for the choice at the end. */
  Budget budgetBeforeChoice() {
    return new Budget(
        budget.evaluations().map(all -> all - choice.candidates()),
        budget.gpuTime(),
        budget.wallTime(),
        budget.targetAccuracy());
  }

  /**
   * What the choice at the end is to do.
   *
   * @param gpuSeconds that the search itself took of the GPU time
   */
  SearchPlan planOfChoice(double gpuSeconds) {
    List<StopCriterion> criteria = budgetOfChoice().criteria();
    budget.gpuTime().ifPresent(limit -> criteria.add(new StopCriterion.GpuTime(limit, gpuSeconds)));
    return new SearchPlan(
        ofChoice().objective(),
        criteria,
        mode,
        OptionalInt.empty(),
        new Seed(seed).child("choice"));
  }

  /** The evaluations that are set aside for the choice at the end. */
  Budget budgetOfChoice() {
    return new Budget(
        Optional.of(choice.candidates()), Optional.empty(), Optional.empty(), Optional.empty());
  }

  /** Whether it learns from other tasks. */
  boolean transfers() {
    return optimizer.settings().transfer() != Transfer.NONE;
  }

  /** Whether it reads the table of trials: for its sources where none are named, or for its own. */
  boolean readsTrials() {
    return reuse || (transfers() && sources.isEmpty());
  }

  /** Which candidates count as already tried, by the kind of evaluator where nothing is set. */
  Deduplication deduplication() {
    return deduplicate.orElse(
        evaluator instanceof EvaluatorSettings.Table ? Deduplication.TEXT : Deduplication.ID);
  }

  /**
   * Who proposes.
   *
   * @param type name of an {@link OptimizerType}, or another name that is in use for it
   * @param surrogate Bayesian optimization: name of a {@link SurrogateType}, or another name
   * @param transfer how it learns from sources
   * @param population evolution: how many live
   * @param tournament evolution: how many of them compete
   * @param shadow whether it says what it would have proposed without sources
   * @param network what NAO's network minimises
   */
  public record Optimizer(
      String type,
      String surrogate,
      Transfer transfer,
      int population,
      int tournament,
      boolean shadow,
      NaoLoss network)
      implements Checked {
    private static final List<String> TYPES =
        Arrays.stream(OptimizerType.values()).map(OptimizerType::text).toList();

    public Optimizer {
      type = OptimizerType.named(type).map(OptimizerType::text).orElse(type);
    }

    /** What the optimizer is made of. */
    public OptimizerSettings settings() {
      return new OptimizerSettings(
          OptimizerType.named(type).orElseThrow(),
          SurrogateType.named(surrogate).orElseThrow(),
          transfer,
          population,
          tournament,
          network);
    }

    @Override
    public void check(Problems problems) {
      boolean known = OptimizerType.named(type).isPresent();
      if (!known) {
        problems.add("type", unknown("optimizer", type, TYPES));
      }
      if (SurrogateType.named(surrogate).isEmpty()) {
        problems.add("surrogate", unknown("surrogate", surrogate, SurrogateType.names()));
      } else if (known) {
        problems.attempt("transfer", this::settings);
      }
      problems.require(population > 0, "population", "must be 1 or more");
      problems.require(
          tournament > 0 && tournament <= population,
          "tournament",
          "must be between 1 and the population, which is %d".formatted(population));
    }

    private static String unknown(String what, String name, List<String> available) {
      return "is no %s%s; available are: %s"
          .formatted(
              what,
              NearestName.of(name, available).map(" (did you mean %s?)"::formatted).orElse(""),
              String.join(", ", available));
    }
  }

  /**
   * The choice at the end.
   *
   * @param candidates how many of the best are evaluated once more; 0 for none
   * @param fidelity what they are trained with
   * @param metric column of the table that they are compared by
   */
  public record Choice(int candidates, Optional<Fidelity> fidelity, Optional<String> metric)
      implements Checked {
    /** The column, where there is a choice at the end. */
    Optional<String> column() {
      return metric.filter(any -> candidates > 0);
    }

    @Override
    public void check(Problems problems) {
      problems.require(candidates >= 0, "candidates", "must be 0 or more");
    }
  }

  /**
   * When the search ends.
   *
   * @param evaluations candidates, failed ones included
   * @param gpuTime summed time of evaluations
   * @param wallTime since the start, stops not counted
   * @param targetAccuracy value of the guiding metric that is good enough
   */
  public record Budget(
      Optional<Integer> evaluations,
      Optional<Duration> gpuTime,
      Optional<Duration> wallTime,
      Optional<Double> targetAccuracy)
      implements Checked {
    @Override
    public void check(Problems problems) {
      String positive = "a budget of nothing finds nothing; set it to more than 0, or to null";
      problems.require(evaluations.isEmpty() || evaluations.get() > 0, "evaluations", positive);
      problems.require(gpuTime.isEmpty() || isPositive(gpuTime.get()), "gpu-time", positive);
      problems.require(wallTime.isEmpty() || isPositive(wallTime.get()), "wall-time", positive);
      problems.require(
          evaluations.isPresent()
              || gpuTime.isPresent()
              || wallTime.isPresent()
              || targetAccuracy.isPresent(),
          "evaluations",
          "the search would never end; set at least one of the settings of the budget");
    }

    /** The criteria that are set. */
    List<StopCriterion> criteria() {
      List<StopCriterion> criteria = new ArrayList<>();
      evaluations.map(StopCriterion.Evaluations::new).ifPresent(criteria::add);
      gpuTime.map(StopCriterion.GpuTime::new).ifPresent(criteria::add);
      wallTime.map(StopCriterion.WallTime::new).ifPresent(criteria::add);
      targetAccuracy.map(StopCriterion.TargetAccuracy::new).ifPresent(criteria::add);
      return criteria;
    }

    /** How much of the budget is used, from 0 to 1; a target accuracy is not foreseen. */
    public double used(SearchProgress progress) {
      double used = 0;
      if (evaluations.isPresent()) {
        used = (double) progress.trials().size() / evaluations.get();
      }
      if (gpuTime.isPresent()) {
        used = Math.max(used, progress.gpuSeconds() / (gpuTime.get().toMillis() / 1e3));
      }
      if (wallTime.isPresent()) {
        used = Math.max(used, progress.wallSeconds() / (wallTime.get().toMillis() / 1e3));
      }
      return Math.min(1, used);
    }

    private static boolean isPositive(Duration duration) {
      return !duration.isNegative() && !duration.isZero();
    }
  }
}
