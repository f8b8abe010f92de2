package org.xfernas.jobs;

/** What the exit code of every job means. */
public enum ExitCode {
  /** 0: the job did what it was asked to do. */
  DONE,
  /** 1: it failed. */
  FAILED,
  /** 2: wrong arguments or configuration; nothing was started. */
  WRONG_USAGE,
  /** 3: the machine lacks what the job was told to use. */
  HARDWARE_MISSING;

  /** The number that the process ends with. */
  public int code() {
    return ordinal();
  }
}
