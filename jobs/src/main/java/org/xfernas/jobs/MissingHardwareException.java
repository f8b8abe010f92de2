package org.xfernas.jobs;

/** The machine lacks what the job was told to use; exit code 3. */
public final class MissingHardwareException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message what is missing and what to do without it
   */
  public MissingHardwareException(String message) {
    super(message);
  }
}
