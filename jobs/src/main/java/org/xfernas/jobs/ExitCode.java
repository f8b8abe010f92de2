package org.xfernas.jobs;

/** What the exit code of every job means. */
public enum ExitCode {
  /** The job did what it was asked to do. */
  DONE(0),
  /** It failed. */
  FAILED(1),
  /** Wrong arguments or configuration; nothing was started. */
  WRONG_USAGE(2),
  /** The machine lacks what the job was told to use. */
  HARDWARE_MISSING(3);

  private final int code;

  ExitCode(int code) {
    this.code = code;
  }

  /** The number that the process ends with. */
  public int code() {
    return code;
  }
}
