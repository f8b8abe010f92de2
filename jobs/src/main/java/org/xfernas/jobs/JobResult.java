package org.xfernas.jobs;

import java.nio.file.Path;

/**
 * How a job ended.
 *
 * @param exitCode of the process
 * @param summary path of the summary.json
 */
public record JobResult(ExitCode exitCode, Path summary) {

  /** Of a job that did what it was asked to do. */
  public static JobResult done(Path summary) {
    return new JobResult(ExitCode.DONE, summary);
  }
}
