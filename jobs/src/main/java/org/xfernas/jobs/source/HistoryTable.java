package org.xfernas.jobs.source;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import org.xfernas.jobs.table.EvaluatedText;
import org.xfernas.jobs.table.KnowledgeUnit;
import org.xfernas.search.evaluator.ArchitectureTable;
import org.xfernas.search.space.SearchSpace;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge.SourceTask;
import org.xfernas.search.trial.TrialHistory.Observation;

/**
 * The user's own history as a table of architectures, with a column for each task: a knowledge unit
 * of the space's type from which an order of architectures can be learnt.
 *
 * @param values mean value of each architecture in each task, under the task's name; NaN where the
 *     task has no success of it
 * @param tasks what each of them makes as good as it can, by name
 * @param notes lines for a person: what was left out, and why
 */
public record HistoryTable(
    ArchitectureTable values, SortedMap<String, Objective> tasks, List<String> notes) {

  /** The table of some units, of what fits the space. */
  public static HistoryTable of(
      SearchSpace space, Map<KnowledgeUnit, List<EvaluatedText>> units, String name) {
    List<KnowledgeUnit> all = List.copyOf(units.keySet());
    List<String> names = UnitNames.of(all);
    SourceTasks usable = new SourceTasks();
    Map<String, Objective> objectives = new LinkedHashMap<>();
    for (int i = 0; i < all.size(); i++) {
      KnowledgeUnit unit = all.get(i);
      objectives.put(names.get(i), unit.objective());
      if (KnowledgeReader.isOther(space, unit.space())) {
        usable.leaveOut(names.get(i), KnowledgeReader.OTHER_SPACE);
      } else {
        usable.add(
            names.get(i),
            unit.objective(),
            FittingResults.of(space, unit.objective(), units.get(unit)),
            OptionalDouble.empty());
      }
    }
    List<SourceTask> tasks = usable.knowledge().tasks();
    objectives.keySet().retainAll(tasks.stream().map(SourceTask::task).toList());
    return new HistoryTable(
        table(name, tasks, objectives), new TreeMap<>(objectives), usable.notes());
  }

  private static ArchitectureTable table(
      String name, List<SourceTask> tasks, Map<String, Objective> objectives) {
    Map<String, Integer> rows = new LinkedHashMap<>();
    for (SourceTask task : tasks) {
      for (Observation one : task.history().observations()) {
        rows.putIfAbsent(one.architecture().text(), rows.size());
      }
    }
    Map<String, double[]> columns = new LinkedHashMap<>();
    for (SourceTask task : tasks) {
      Objective objective = objectives.get(task.task());
      double[] column = new double[rows.size()];
      Arrays.fill(column, Double.NaN);
      for (Observation one : task.history().observations()) {
        // A score is the value, or the value negated: the same again gives the value.
        one.score()
            .ifPresent(
                score -> column[rows.get(one.architecture().text())] = objective.score(score));
      }
      columns.put(task.task(), column);
    }
    return new ArchitectureTable(name, List.copyOf(rows.keySet()), columns);
  }
}
