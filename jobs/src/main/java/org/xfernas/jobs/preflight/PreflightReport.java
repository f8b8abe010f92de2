package org.xfernas.jobs.preflight;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.xfernas.jobs.ExitCode;
import org.xfernas.jobs.preflight.Check.Outcome;
import org.xfernas.jobs.report.SummaryFile;

/** Tells of each check as it is done, and of all at the end. */
final class PreflightReport {
  private final PrintStream out;
  private final List<Check> checks = new ArrayList<>();

  PreflightReport(PrintStream out) {
    this.out = out;
  }

  void add(Check check) {
    checks.add(check);
    out.println(check.line());
  }

  /** Failed where anything would fail; else missing where hardware is; else done. */
  ExitCode exitCode() {
    if (has(Outcome.FAIL)) {
      return ExitCode.FAILED;
    }
    return has(Outcome.MISSING) ? ExitCode.HARDWARE_MISSING : ExitCode.DONE;
  }

  private boolean has(Outcome outcome) {
    return checks.stream().anyMatch(check -> check.outcome() == outcome);
  }

  /** Writes summary.json into the directory and returns its path. */
  Path write(Path directory) throws IOException {
    return SummaryFile.write(directory, new Summary("preflight", exitCode().code(), checks));
  }

  private record Summary(String job, int exitCode, List<Check> checks) {}
}
