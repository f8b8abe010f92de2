package org.xfernas.jobs.ablation;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.xfernas.jobs.report.SweepPage;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Result;

/** What a cell of the grid is, and what is told of its results; all else is the same for sweeps. */
interface SweepKind {

  /**
   * The kind that the settings name.
   *
   * @param history the table, where it is the user's history, of which tasks have few results
   */
  static SweepKind of(AblationSettings settings, Optional<SweepTable> history) {
    return switch (settings.kind()) {
      case SEARCH -> new SearchKind(settings);
      case PREDICTION -> new PredictionKind(settings, history);
      case BACKTEST -> new BacktestKind(settings);
    };
  }

  /** Who learns in the cells, each with its transfer. */
  List<String> arms();

  /** Those that the grid names and that do not exist. */
  List<String> leftOut();

  /** Whether any cell looks at sources. */
  boolean learnsFromSources();

  /** What makes a sweep over this table impossible, each with its mend. */
  List<String> problems(SweepTable table);

  /** Lines for a person about cells for which there are too few results. */
  default List<String> notes() {
    return List.of();
  }

  /** The cells of the grid, in order. */
  List<Cell> cells();

  /** What is to be done for those cells that are missing, neighbours sharing their sources. */
  List<SweepWork> work(Predicate<Cell> missing);

  /**
   * Writes the files of a sweep, and prints what they say.
   *
   * @return path of the summary
   */
  Path report(Run run, PrintStream out) throws IOException;

  /**
   * A run of a sweep, at its end.
   *
   * @param sweepId name of the sweep
   * @param runId of this run of it
   * @param snapshot version of the table of trials; null where the table is a file
   * @param results of each cell that is done, in no particular order
   * @param failed cells whose work broke off
   * @param provenance what it takes to run it again
   */
  record Run(
      String sweepId,
      String runId,
      Long snapshot,
      Map<Cell, List<Result>> results,
      int failed,
      SweepPage.Provenance provenance) {}
}
