package org.xfernas.jobs.ablation;

import java.io.Serializable;
import org.xfernas.jobs.table.SweepsTable;

/**
 * One search of a sweep.
 *
 * @param arm who searches
 * @param target name of the task
 * @param sources what there is to learn from
 */
record SweepCell(Arm arm, String target, Sources sources) implements Serializable {

  /**
   * A draw of the sources; with its seed all arms start alike.
   *
   * @param points results of each source
   * @param sourceCase which of them, and what is done to them
   * @param seed of the draw, and of the searches that are told it
   */
  record Sources(int points, SourceCase sourceCase, long seed) implements Serializable {

    /** All sources. */
    Sources(int points, GuardCase guardCase, long seed) {
      this(points, SourceCase.of(guardCase), seed);
    }

    /** The same of another seed. */
    Sources with(long other) {
      return new Sources(points, sourceCase, other);
    }

    /** The draw without any points. */
    Sources none() {
      return new Sources(0, GuardCase.NONE, seed);
    }

    @Override
    public String toString() {
      return "%d points of each source, guard case %s, seed %d"
          .formatted(points, sourceCase.text(), seed);
    }
  }

  /**
   * The search that gives this cell's rows: without transfer it is the same whatever the sources.
   */
  SweepCell search() {
    return arm.transfers() ? this : new SweepCell(arm, target, sources.none());
  }

  /** What its rows are found by. */
  SweepsTable.Cell key() {
    return new SweepsTable.Cell(
        arm.type().text(),
        arm.transferText(),
        target,
        sources.points,
        null,
        sources.sourceCase.text(),
        sources.seed);
  }

  @Override
  public String toString() {
    return "%s on %s, %s".formatted(arm, target, sources);
  }
}
