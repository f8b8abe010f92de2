package org.xfernas.jobs.nightly;

import java.util.Optional;
import org.xfernas.jobs.report.NightPage;
import org.xfernas.jobs.report.SummaryFile;
import org.xfernas.jobs.table.SearchesTable;

/**
 * The row that nights of one name have in the table {@code searches}, for their lease and for what
 * the latest of them did, in the place of a search's configuration.
 */
public final class NightRow {
  private static final String BEGINNING = "{\"nightly\":";

  /** Before the first of the nights has looked at what is due. */
  static final String EMPTY = BEGINNING + "{}}";

  private NightRow() {}

  /** Whether the row is that of nights, and not of a search. */
  public static boolean isNight(SearchesTable.Row row) {
    return row.configuration().startsWith(BEGINNING);
  }

  /** What the latest of the nights of a row did so far; empty before it looked at what is due. */
  public static Optional<NightPage> read(SearchesTable.Row row) {
    if (row.configuration().equals(EMPTY)) {
      return Optional.empty();
    }
    String text = row.configuration().substring(BEGINNING.length());
    return Optional.of(SummaryFile.read(text.substring(0, text.length() - 1), NightPage.class));
  }

  /** What stands in the row of these nights. */
  static String text(NightPage night) {
    return BEGINNING + SummaryFile.text(night) + "}";
  }
}
