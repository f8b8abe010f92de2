package org.xfernas.jobs;

import java.util.Set;

/**
 * One thing that a user submits. A job validates its arguments and configuration before it starts
 * Spark, and starts Spark only where it needs it. Implementations have a public constructor without
 * arguments and are listed in {@code META-INF/services/org.xfernas.jobs.Job}.
 */
public interface Job {

  /** What the user types. */
  String name();

  /**
   * Names of options, such as {@code --sql}, that it finds among its arguments, each followed by
   * its value.
   */
  default Set<String> options() {
    return Set.of();
  }

  /**
   * Runs to the end. Results go to {@link JobContext#out()}, progress to {@link JobContext#err()}.
   *
   * @return the exit code and where the summary is
   * @throws UsageException where the arguments or the configuration are wrong, with all problems
   * @throws MissingHardwareException where the machine lacks what the job was told to use
   * @throws Exception where it failed; the message is a sentence for the user
   */
  JobResult run(JobContext context) throws Exception;
}
