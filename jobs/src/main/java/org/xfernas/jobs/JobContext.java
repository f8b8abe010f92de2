package org.xfernas.jobs;

import com.typesafe.config.Config;
import java.io.PrintStream;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * What a job is given.
 *
 * @param arguments after the job's name
 * @param config everything resolved: {@code --set} over the {@code --conf} files, the later one
 *     first, over reference.conf; not validated
 * @param master the Spark master that the user asked for
 * @param out standard output, for results
 * @param err standard error, for progress
 * @param clock the time
 */
public record JobContext(
    List<String> arguments,
    Config config,
    Optional<String> master,
    PrintStream out,
    PrintStream err,
    Clock clock) {
  public JobContext {
    arguments = List.copyOf(arguments);
  }

  /**
   * For jobs that are told everything by the configuration.
   *
   * @throws UsageException where there are arguments
   */
  public void requireNoArguments() {
    if (!arguments.isEmpty()) {
      throw new UsageException(
          "Cannot run the job: it takes no arguments besides --conf, --set and --master (arguments=%s)"
              .formatted(String.join(" ", arguments)));
    }
  }
}
