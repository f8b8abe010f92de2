package org.xfernas.jobs.ablation;

import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.config.Checked;
import org.xfernas.jobs.config.Problems;
import org.xfernas.jobs.search.SpaceSettings;
import org.xfernas.jobs.table.ColumnSettings;
import org.xfernas.jobs.table.TableFile;
import org.xfernas.search.evaluator.CsvTable;
import org.xfernas.search.optimizer.OptimizerType;

/**
 * The section {@code xfernas.ablation}; reference.conf says what each setting means.
 *
 * @param kind what a cell of the grid is
 * @param restart whether to do again what is done
 * @param space what to choose from; empty: as most trials of the user's own history
 * @param table where candidates are looked up
 * @param tasks by name
 * @param grid what is varied
 * @param budget when a search ends
 * @param output directory of the results
 */
record AblationSettings(
    Kind kind,
    boolean restart,
    Optional<SpaceSettings> space,
    Table table,
    Map<String, Task> tasks,
    Grid grid,
    Budget budget,
    Path output)
    implements Checked {
  private static final String NAME = "[A-Za-z0-9_][A-Za-z0-9._-]*";
  static final String SECTION = "xfernas.ablation";

  /** In the results it stands for all targets. */
  static final String NO_MEAN =
      "no task can be called %s; give it another name".formatted(Comparison.MEAN);

  /** What a cell of the grid is. */
  enum Kind {
    /** A whole search. */
    SEARCH,
    /** A fit of a surrogate, judged by its predictions. */
    PREDICTION,
    /** A search again among the architectures that have a result. */
    BACKTEST
  }

  /**
   * A table of architectures: a file, or the user's own history.
   *
   * @param path a CSV file, a CSV file compressed by gzip, or a file or directory of Parquet;
   *     empty: the table of trials
   * @param architecture column with the architecture's text; empty: the table of trials
   * @param features columns that surrogates see beside the structure of an architecture
   * @param minimize whether lower metrics are better, where the task does not say otherwise
   * @param snapshot version of the table of trials; empty: the one of now
   */
  record Table(
      Optional<Path> path,
      Optional<String> architecture,
      List<String> features,
      boolean minimize,
      Optional<Long> snapshot)
      implements Checked {

    @Override
    public void check(Problems problems) {
      problems.require(
          path.isEmpty() || architecture.isPresent(),
          "architecture",
          "is missing; name the column of the file that has the architecture's text");
      problems.require(
          path.isEmpty() || snapshot.isEmpty(),
          "snapshot",
          "is a version of the table of trials, and path names a file; leave out one of them");
      problems.require(
          path.isPresent() || (architecture.isEmpty() && features.isEmpty() && !minimize),
          "path",
          "is missing, and architecture, features or minimize tell of a file; name the file, or leave them out to sweep over the table of trials");
    }
  }

  /**
   * Columns of the table that make a task.
   *
   * @param metric guides a search on it
   * @param sourceMetric what it gives as a source; empty: the metric
   * @param testMetric is reported, and never shown to an optimizer; empty: the metric
   * @param minimize whether lower is better in all three; empty: as the table has it
   */
  record Task(
      String metric,
      Optional<String> sourceMetric,
      Optional<String> testMetric,
      Optional<Boolean> minimize) {}

  /**
   * When each search ends.
   *
   * @param evaluations failed ones included
   * @param controls evaluations of random search and evolution without transfer; empty: as many
   */
  record Budget(int evaluations, Optional<Integer> controls) implements Checked {
    private static final Set<OptimizerType> CONTROLS =
        EnumSet.of(OptimizerType.RANDOM, OptimizerType.EVOLUTION);

    @Override
    public void check(Problems problems) {
      problems.require(evaluations > 0, "evaluations", "must be 1 or more");
      problems.require(
          controls.isEmpty() || controls.get() >= evaluations,
          "controls",
          "must be at least the evaluations of every search, which are " + evaluations);
    }

    /** Evaluations of a search of this arm. */
    int evaluations(Arm arm) {
      return CONTROLS.contains(arm.type()) && !arm.transfers()
          ? controls.orElse(evaluations)
          : evaluations;
    }
  }

  /** The tasks with their columns, in the order of their names. */
  List<SweepTask> sweepTasks() {
    return tasks.entrySet().stream()
        .map(
            entry -> {
              Task task = entry.getValue();
              return new SweepTask(
                  entry.getKey(),
                  task.metric,
                  task.sourceMetric.orElse(task.metric),
                  task.testMetric.orElse(task.metric),
                  task.minimize.orElse(table.minimize));
            })
        .toList();
  }

  /** The names of the tasks that are searched on. */
  List<String> targets() {
    return grid.target().orElse(List.copyOf(tasks.keySet()));
  }

  /** The targets; where there are several, also the mean over them. */
  List<String> targetsAndMean() {
    List<String> targets = targets();
    return targets.size() == 1
        ? targets
        : Stream.concat(targets.stream(), Stream.of(Comparison.MEAN)).toList();
  }

  /** What stands for all targets: the mean over them, or the only one. */
  String mean() {
    return targets().size() == 1 ? targets().get(0) : Comparison.MEAN;
  }

  /** Whether the table is the user's own history. */
  boolean isOfHistory() {
    return table.path.isEmpty();
  }

  /** The same sweep in another space. */
  AblationSettings in(SpaceSettings other) {
    return new AblationSettings(
        kind, restart, Optional.of(other), table, tasks, grid, budget, output);
  }

  /** The same sweep over the tasks of the user's history. */
  AblationSettings over(Map<String, Task> ofHistory, List<String> targets) {
    return new AblationSettings(
        kind, restart, space, table, ofHistory, grid.with(targets), budget, output);
  }

  /** The file with the columns of all tasks. */
  TableFile file() {
    List<String> columns =
        Stream.concat(sweepTasks().stream().flatMap(SweepTask::columns), table.features.stream())
            .distinct()
            .toList();
    return new TableFile(
        SECTION + ".table", table.path.orElseThrow(), table.architecture.orElseThrow(), columns);
  }

  @Override
  public void check(Problems problems) {
    problems.require(
        kind == Kind.PREDICTION || grid.sourcePoints().stream().allMatch(points -> points > 0),
        "grid.source-points",
        "must be 1 or more each in searches; transfer = none is without sources");
    SweepKind cells = SweepKind.of(this, Optional.empty());
    problems.require(
        !cells.arms().isEmpty() || cells.leftOut().isEmpty(),
        "grid.transfer",
        "nothing that the grid names can learn in this way; add none or default");
    checkAxes(problems);
    problems.requireWritable("output", output);
    if (isOfHistory()) {
      checkHistory(problems);
    } else {
      problems.require(
          space.isPresent(),
          "space",
          "is missing; declare the space of the table's architectures, such as { type = edge-cell, nodes = 4, operations = [none, conv] }");
      checkFile(problems, table.path.get(), cells);
    }
  }

  private void checkAxes(Problems problems) {
    problems.require(
        kind == Kind.PREDICTION || !grid.network().areSet(),
        "grid.network",
        "only kind = prediction varies what the network minimises; leave it out, and set xfernas.search.optimizer.network");
    problems.require(
        !grid.network().areSet() || grid.namesNetwork(),
        "grid.network",
        "grid.surrogate names no network; add network or joint-network");
    if (kind == Kind.BACKTEST) {
      String whole = "a backtest's sources are the other tasks as they are; leave it out";
      problems.require(grid.sourceTasks().isEmpty(), "grid.source-tasks", whole);
      problems.require(grid.relatedness().isEmpty(), "grid.relatedness", whole);
      problems.require(grid.adversarial().isEmpty(), "grid.adversarial", whole);
      problems.require(
          grid.guardCase().equals(List.of(GuardCase.NONE.text())), "grid.guard-case", whole);
      String unfit =
          grid.arms().stream()
              .map(Arm::type)
              .filter(type -> !type.choosesFromPool())
              .map(OptimizerType::text)
              .distinct()
              .collect(Collectors.joining(", "));
      problems.require(
          unfit.isEmpty(),
          "grid.optimizer",
          "cannot be held to the architectures that have a result: %s; name some of bayesian, nao, rgpe and random"
              .formatted(unfit));
      problems.require(
          new BacktestKind(this).compares(),
          "grid",
          "nothing is searched both with sources and without; let transfer be [none, default], and name bayesian or nao in optimizer");
    }
  }

  /** What is wrong with the number of sources; empty where each target has as many. */
  Optional<String> tooFewSources() {
    int most = grid.sourceTasks().orElse(List.of()).stream().max(Integer::compare).orElse(0);
    return most < Math.max(1, tasks.size()) || most == 0
        ? Optional.empty()
        : Optional.of(
            "each of %d tasks has %d others to learn from; lower it to that, or add tasks"
                .formatted(tasks.size(), tasks.size() - 1));
  }

  private void checkHistory(Problems problems) {
    problems.require(
        kind != Kind.SEARCH,
        "table.path",
        "is missing, and a search needs a table with every architecture; name the file, or let kind be backtest to search among those of the table of trials");
    problems.require(
        tasks.isEmpty(),
        "tasks",
        "these are columns of a file, and table.path names none; name it, or leave out the tasks to sweep over those of the table of trials");
  }

  private void checkFile(Problems problems, Path path, SweepKind cells) {
    for (String name : tasks.keySet()) {
      problems.require(
          name.matches(NAME),
          "tasks." + ConfigUtil.joinPath(name),
          "the name must consist of letters, digits, dots, hyphens and underscores, and begin with none of dots and hyphens");
    }
    problems.require(!tasks.isEmpty(), "tasks", "name at least one task");
    problems.require(!tasks.containsKey(Comparison.MEAN), "tasks", NO_MEAN);
    grid.target()
        .ifPresent(names -> Grid.requireKnown(problems, "grid.target", names, tasks.keySet()));
    tooFewSources().ifPresent(why -> problems.add("grid.source-tasks", why));
    if (cells.learnsFromSources() && tasks.size() == 1) {
      problems.add(
          "tasks", "a single task has no sources; add another, or let grid.transfer be [none]");
    }
    if (!Files.isReadable(path)) {
      problems.add(
          "table.path",
          "there is no such file, seen from %s; correct the path"
              .formatted(Path.of("").toAbsolutePath()));
    } else if (TableFile.isCsv(path) && table.architecture.isPresent()) {
      checkCsv(problems, path, table.architecture.get());
    }
  }

  private void checkCsv(Problems problems, Path path, String architecture) {
    try {
      if (checkColumns(problems, architecture, CsvTable.columns(path))
          && ColumnSettings.requireFeatures(
              problems, "table.features", path, architecture, table.features)
          && space.isPresent()
          && tasks.keySet().containsAll(targets())) {
        SweepTable.problems(this, file().readCsv())
            .forEach(problem -> problems.add("table.path", problem));
      }
    } catch (IllegalArgumentException | IOException | UsageException e) {
      problems.add("table.path", e.getMessage());
    }
  }

  private boolean checkColumns(Problems problems, String architecture, Collection<String> columns) {
    boolean known = ColumnSettings.require(problems, "table.architecture", architecture, columns);
    for (Map.Entry<String, Task> entry : tasks.entrySet()) {
      String key = "tasks." + ConfigUtil.joinPath(entry.getKey());
      Task task = entry.getValue();
      known &= ColumnSettings.require(problems, key + ".metric", task.metric, columns);
      known &= checkColumn(problems, key + ".source-metric", task.sourceMetric, columns);
      known &= checkColumn(problems, key + ".test-metric", task.testMetric, columns);
    }
    return known;
  }

  private static boolean checkColumn(
      Problems problems, String key, Optional<String> column, Collection<String> columns) {
    return column.isEmpty() || ColumnSettings.require(problems, key, column.get(), columns);
  }

  /** The cells of the grid, those next to each other that share their sources. */
  List<SweepCell> cells() {
    return grid.sources()
        .flatMap(sources -> targets().stream().flatMap(target -> cells(target, sources)))
        .toList();
  }

  private Stream<SweepCell> cells(String target, SweepCell.Sources sources) {
    return grid.arms().stream().map(arm -> new SweepCell(arm, target, sources));
  }
}
