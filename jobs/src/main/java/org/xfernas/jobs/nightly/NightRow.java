package org.xfernas.jobs.nightly;

import org.xfernas.jobs.table.SearchesTable;

/** The row that nights of one name have in the table {@code searches}, for their lease. */
public final class NightRow {
  /** In the place of a search's configuration. */
  static final String CONFIGURATION = "{\"nightly\":{}}";

  private NightRow() {}

  /** Whether the row is that of nights, and not of a search. */
  public static boolean isNight(SearchesTable.Row row) {
    return row.configuration().equals(CONFIGURATION);
  }
}
