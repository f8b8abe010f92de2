package org.xfernas.jobs;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import picocli.CommandLine;

/** Reads what a job takes besides its configuration, as declared by picocli's annotations. */
public final class JobArguments {
  private JobArguments() {}

  /** Names of the declared options. */
  public static Set<String> options(Object declaration) {
    return new TreeSet<>(new CommandLine(declaration).getCommandSpec().optionsMap().keySet());
  }

  /**
   * Fills the declaration.
   *
   * @param job that takes them, for messages
   * @throws UsageException where they are others than what is declared
   */
  public static <T> T read(String job, T declaration, List<String> arguments) {
    try {
      new CommandLine(declaration).parseArgs(arguments.toArray(String[]::new));
      return declaration;
    } catch (CommandLine.ParameterException e) {
      throw new UsageException(
          "Cannot run %s: %s (arguments=%s)".formatted(job, e.getMessage(), arguments));
    }
  }
}
