package org.xfernas.jobs.search;

import org.xfernas.jobs.UsageException;

/**
 * An unfinished search whose inputs are no longer what they were. It would be refused for ever, so
 * that whoever has no use for the inputs as they were starts a search of another name instead.
 */
public final class CannotGoOnException extends UsageException {
  private static final long serialVersionUID = 1L;

  private final String change;

  CannotGoOnException(String change, String problem) {
    super(problem);
    this.change = change;
  }

  /** What makes it another search, as the reason to start one: "its data are new". */
  public String change() {
    return change;
  }
}
