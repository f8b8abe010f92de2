package org.xfernas.jobs.ablation;

import java.io.Serializable;
import java.util.List;
import org.xfernas.jobs.table.SweepsTable.Cell;
import org.xfernas.jobs.table.SweepsTable.Row;

/** What one Spark task of a sweep does: it makes all rows of some cells. Its text says which. */
interface SweepWork extends Serializable {

  /** The cells that get rows. */
  List<Cell> cells();

  /** The rows, all of them. */
  List<Row> run(SweepLab lab) throws InterruptedException;
}
