package org.xfernas.jobs.ablation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xfernas.jobs.ablation.AblationSettings.Budget;
import org.xfernas.jobs.ablation.SweepCell.Sources;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Evaluation;
import org.xfernas.jobs.table.SweepsTable.Row;
import org.xfernas.search.Seed;
import org.xfernas.search.optimizer.OptimizerSettings;
import org.xfernas.search.run.SearchJournal;
import org.xfernas.search.run.SearchProgress;
import org.xfernas.search.trial.Objective;
import org.xfernas.search.trial.SourceKnowledge;
import org.xfernas.search.trial.Trial;
import org.xfernas.search.trial.TrialResult.Scores;

/**
 * A search, which gives the rows of one cell, or of all that have it in common.
 *
 * @param search what is searched, and how
 * @param cells that get its rows
 * @param evaluations until it ends
 * @param again whether it is a backtest's: among what has a result, and with sources that are the
 *     same for all seeds
 */
record SearchWork(SweepCell search, List<Cell> cells, int evaluations, boolean again)
    implements SweepWork {

  /** The searches that the missing ones of some cells need, each once. */
  static List<SweepWork> of(
      List<SweepCell> all, Predicate<Cell> missing, Budget budget, boolean again) {
    Map<SweepCell, List<Cell>> searches = new LinkedHashMap<>();
    for (SweepCell cell : all) {
      if (missing.test(cell.key())) {
        searches.computeIfAbsent(cell.search(), search -> new ArrayList<>()).add(cell.key());
      }
    }
    List<SweepWork> work = new ArrayList<>();
    searches.forEach(
        (search, cells) ->
            work.add(new SearchWork(search, cells, budget.evaluations(search.arm()), again)));
    return work;
  }

  @Override
  public List<Row> run(SweepLab lab) throws InterruptedException {
    Arm arm = search.arm();
    SweepTask task = lab.table().task(search.target());
    SearchJournal journal = SearchJournal.inMemory();
    TableSearch inTable =
        new TableSearch(
            lab.space(),
            lab.table(),
            task.objective(),
            Optional.of(task.testMetric()).filter(test -> !again || !test.equals(task.metric())),
            new Seed(search.sources().seed()),
            lab.cache());
    OptimizerSettings optimizer = lab.optimizer().with(arm.type(), arm.transfer());
    Sources sources = again ? search.sources().with(0) : search.sources();
    SourceKnowledge knowledge =
        arm.transfers() ? lab.sources().knowledge(search.target(), sources) : SourceKnowledge.EMPTY;
    if (again) {
      inTable.runAmongResults(optimizer, knowledge, evaluations, journal);
    } else {
      inTable.run(optimizer, knowledge, evaluations, journal);
    }
    List<Evaluation> found = found(task.objective(), journal, lab.table());
    return cells.stream()
        .flatMap(cell -> found.stream().map(evaluation -> new Row(cell, evaluation)))
        .toList();
  }

  private static List<Evaluation> found(
      Objective objective, SearchJournal journal, SweepTable table) {
    RegretScale scale = RegretScale.of(table.values(), objective);
    List<Trial> trials = journal.trials();
    List<Optional<Trial>> incumbents = SearchProgress.of(objective, journal).incumbents();
    List<Evaluation> found = new ArrayList<>();
    for (int i = 0; i < trials.size(); i++) {
      Scores best = incumbents.get(i).map(trial -> trial.result().scores()).orElse(Scores.NONE);
      double validation = best.validation().orElse(Double.NaN);
      found.add(
          new Evaluation(
              objective.metric(),
              i + 1,
              validation,
              best.test().orElse(Double.NaN),
              scale.regret(objective.score(validation)),
              trials.get(i).proposal().optimizerSeconds()));
    }
    return found;
  }

  @Override
  public String toString() {
    return search.toString();
  }
}
