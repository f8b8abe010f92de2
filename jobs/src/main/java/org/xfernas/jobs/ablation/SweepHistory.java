package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.xfernas.jobs.UsageException;
import org.xfernas.jobs.ablation.AblationSettings.Task;
import org.xfernas.jobs.search.SearchConfiguration;
import org.xfernas.jobs.search.SpaceSettings;
import org.xfernas.jobs.source.HistoryTable;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.jobs.table.TrialsTable;

/**
 * The user's own history, in the place of a file.
 *
 * @param snapshot version of the table of trials
 * @param settings of the sweep, with the tasks of the history
 * @param table with their results
 * @param notes lines for a person
 */
record SweepHistory(
    long snapshot, AblationSettings settings, SweepTable table, List<String> notes) {
  private static final String MEND =
      "; search on another task, or import its results (submit.sh import), or name a file with table.path";

  /**
   * Reads the table of trials.
   *
   * @param given without a space, that of most trials is taken
   * @throws UsageException where it has no two tasks of the space, or none to predict or search on
   */
  static SweepHistory read(AblationSettings given, TrialsTable trials) {
    OptionalLong current = trials.snapshot();
    if (current.isEmpty()) {
      throw unusable("the table of trials is empty" + MEND);
    }
    long snapshot = given.table().snapshot().orElse(current.getAsLong());
    Map<KnowledgeUnit, List<EvaluatedText>> units = units(trials, snapshot);
    SpaceSettings space = given.space().orElseGet(() -> SearchConfiguration.space(mostUsed(units)));
    AblationSettings settings = given.in(space);
    HistoryTable history = HistoryTable.of(space.space(), units, "trials");
    Map<String, Task> tasks = new TreeMap<>();
    history
        .tasks()
        .forEach(
            (name, objective) ->
                tasks.put(
                    name,
                    new Task(
                        name,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(objective.minimize()))));
    if (tasks.size() < 2) {
      throw unusable(
          "the table of trials has %d tasks that the space can learn from, and one is left out to learn from the others, so that two are needed%s (tasks=%s, snapshot=%d)%s"
              .formatted(tasks.size(), MEND, tasks.keySet(), snapshot, lines(history.notes())));
    }
    settings
        .over(tasks, List.copyOf(tasks.keySet()))
        .tooFewSources()
        .ifPresent(
            why -> {
              throw new UsageException(
                  "%s.grid.source-tasks: %s".formatted(AblationSettings.SECTION, why));
            });
    List<String> notes = new ArrayList<>(history.notes());
    if (given.space().isEmpty()) {
      notes.add("the space is that of most trials: " + mostUsed(units));
    }
    List<String> targets = new ArrayList<>();
    for (String target : wanted(settings, tasks)) {
      AblationSettings alone = settings.over(tasks, List.of(target));
      SweepTable table = SweepTable.of(alone, history.values());
      List<String> problems = SweepKind.of(alone, Optional.of(table)).problems(table);
      if (problems.isEmpty()) {
        targets.add(target);
      }
      problems.forEach(why -> notes.add("task %s is a source only: %s".formatted(target, why)));
    }
    if (targets.isEmpty()) {
      throw unusable(
          "no task of the table of trials has enough results%s (snapshot=%d)%s"
              .formatted(MEND, snapshot, lines(notes)));
    }
    AblationSettings over = settings.over(tasks, targets);
    return new SweepHistory(snapshot, over, SweepTable.of(over, history.values()), notes);
  }

  private static Map<KnowledgeUnit, List<EvaluatedText>> units(TrialsTable trials, long snapshot) {
    try {
      return trials.units(snapshot);
    } catch (IllegalArgumentException e) {
      throw unusable(e.getMessage() + "; leave table.snapshot out to read it as it is now");
    }
  }

  /** The declaration that most trials have. */
  private static String mostUsed(Map<KnowledgeUnit, List<EvaluatedText>> units) {
    Map<String, Integer> trials = new TreeMap<>();
    units.forEach((unit, results) -> trials.merge(unit.space(), results.size(), Integer::sum));
    return trials.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElseThrow(() -> unusable("the table of trials is empty" + MEND));
  }

  private static List<String> wanted(AblationSettings settings, Map<String, Task> tasks) {
    List<String> wanted = settings.grid().target().orElse(List.copyOf(tasks.keySet()));
    if (wanted.isEmpty()) {
      throw new UsageException(
          "%s.grid.target: must name at least one of %s"
              .formatted(AblationSettings.SECTION, String.join(", ", tasks.keySet())));
    }
    if (wanted.contains(Comparison.MEAN)) {
      throw new UsageException(
          "%s.tasks: %s, or name the others in grid.target"
              .formatted(AblationSettings.SECTION, AblationSettings.NO_MEAN));
    }
    List<String> unknown = wanted.stream().filter(name -> !tasks.containsKey(name)).toList();
    if (!unknown.isEmpty()) {
      throw new UsageException(
          "%s.grid.target: the table of trials has no task %s in this space; its tasks are %s"
              .formatted(
                  AblationSettings.SECTION,
                  String.join(", ", unknown),
                  String.join(", ", tasks.keySet())));
    }
    return wanted;
  }

  private static String lines(List<String> notes) {
    return notes.stream().map("\n  "::concat).reduce("", String::concat);
  }

  private static UsageException unusable(String why) {
    return new UsageException("%s.table: %s".formatted(AblationSettings.SECTION, why));
  }
}
