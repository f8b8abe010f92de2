package org.xfernas.jobs;

import java.util.List;

/** Arguments or a configuration that no job can run with; exit code 2. */
public class UsageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param problems all that was found, each a sentence that says what to change
   */
  public UsageException(List<String> problems) {
    super(String.join("\n", problems));
  }

  /** A single problem. */
  public UsageException(String problem) {
    this(List.of(problem));
  }
}
