package org.xfernas.jobs.status;

import java.time.Clock;
import java.util.Optional;
import java.util.OptionalInt;
import org.xfernas.jobs.ablation.SweepRow;
import org.xfernas.jobs.table.SearchesTable;

/**
 * How far a sweep is.
 *
 * @param sweepId its name
 * @param kind what a cell is; empty where only its results are known
 * @param state that of a search, as {@link SearchStatus} has it; {@code unknown} where only its
 *     results are known
 * @param done cells with results
 * @param cells of the grid; empty where only its results are known
 * @param started when it was first started
 * @param updated the last sign of life
 * @param output directory of its results
 */
record SweepStatus(
    String sweepId,
    Optional<String> kind,
    String state,
    int done,
    OptionalInt cells,
    Optional<String> started,
    Optional<String> updated,
    Optional<String> output) {

  /** Reads the status of the sweep that has this row. */
  static SweepStatus of(SearchesTable.Row row, int done, Clock clock) {
    SweepRow sweep = SweepRow.read(row);
    return new SweepStatus(
        row.searchId(),
        Optional.of(sweep.kind()),
        SearchStatus.state(row, clock),
        done,
        OptionalInt.of(sweep.cells()),
        Optional.of(row.started().toString()),
        Optional.of(row.updated().toString()),
        Optional.of(sweep.output()));
  }

  /** A sweep of which there are results alone, such as one of a version that wrote no such row. */
  static SweepStatus ofResults(String sweepId, int done) {
    return new SweepStatus(
        sweepId,
        Optional.empty(),
        "unknown",
        done,
        OptionalInt.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /** One line for a person. */
  String line() {
    return kind.isEmpty()
        ? "sweep %s: %d cells done; the command that ran it says of how many"
            .formatted(sweepId, done)
        : "sweep %s: %s, %d of %d cells done, since %s, last sign of life at %s, output %s"
            .formatted(
                sweepId,
                state,
                done,
                cells.getAsInt(),
                started.orElseThrow(),
                updated.orElseThrow(),
                output.orElseThrow());
  }
}
